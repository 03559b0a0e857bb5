/* What SWIG wraps, for every language: the functions of the public headers, and nothing else of them. Records, enumerations and
 * handles have their place in the hand-written faces; functions reach them through the typemaps of LANGUAGE/LANGUAGE.i. Which
 * parameters of which functions have which shape is in shapes.i, written at build time from the same headers (see generator/). */
#if defined(SWIGPYTHON)
%module(package="personalize", threads="1") native
#else
%module personalize
#endif

%{
#include "personalize.h"
%}

%include <stdint.i>

%rename(from_) from; /* a member, named by a word of Python */
%rename("$ignore", %$isclass) "";
%rename("$ignore", %$isenum) "";
%rename("$ignore", %$isenumitem) "";
%rename("$ignore", regexmatch$name="^(PZ_|PERSONALIZE)") "";
/* The bindings release all memory themselves, and no C function pointer comes from a script. */
%ignore pz_free;
%ignore pz_allocator_set;
%ignore pz_last_error;
%ignore pz_status_at;
%ignore pz_status_describe;
%ignore pz_record_type_at;
%ignore pz_record_type_find;

#if defined(SWIGPYTHON)
%include "python.i"
#elif defined(SWIGPHP)
%include "php.i"
#endif
%include "shapes.i"

%include "headers.i"
