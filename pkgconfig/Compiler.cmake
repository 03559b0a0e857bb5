# Flags that every room is built with. Results must not depend on compiler or optimization: no contraction of a*b+c into
# one rounding, no relaxed floating point.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(personalize_flags INTERFACE)
target_compile_definitions(personalize_flags INTERFACE _GNU_SOURCE PERSONALIZE_BUILDING)
target_compile_options(personalize_flags INTERFACE
  $<$<C_COMPILER_ID:GNU,Clang>:-Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla -Wundef
    -ffp-contract=off -fno-fast-math -fno-math-errno>)
if(PERSONALIZE_SANITIZE)
  target_compile_options(personalize_flags INTERFACE -fsanitize=${PERSONALIZE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PERSONALIZE_SANITIZE})
endif()
