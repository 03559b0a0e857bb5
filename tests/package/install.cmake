# Installs into an empty prefix and looks at what lies there.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
foreach(file include/personalize.h include/personalize/base.h ${LIBDIR}/libpersonalize.so ${LIBDIR}/libpersonalize.so.${SOVERSION}
    ${LIBDIR}/libpersonalize.so.${VERSION} ${LIBDIR}/libpersonalize.a ${LIBDIR}/cmake/personalize/personalizeConfig.cmake
    ${LIBDIR}/cmake/personalize/personalizeConfigVersion.cmake ${LIBDIR}/pkgconfig/personalize.pc)
  if(NOT EXISTS ${PREFIX}/${file})
    message(SEND_ERROR "${file} was not installed")
  endif()
endforeach()
file(GLOB_RECURSE inner RELATIVE ${PREFIX}/include ${PREFIX}/include/*)
foreach(file ${inner})
  if(NOT file MATCHES "^personalize(\\.h$|/[a-z]+\\.h$)")
    message(SEND_ERROR "${file} is no public header")
  endif()
endforeach()
