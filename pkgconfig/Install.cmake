# What `cmake --install` lays down: library, headers, CMake package, pkg-config file.
# Components are named as distributions split them: `runtime` (the shared library, the command line) and `development`.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/personalize)
set(targets "")
foreach(target personalize personalize_static)
  if(TARGET ${target})
    list(APPEND targets ${target})
  endif()
endforeach()

install(TARGETS ${targets} EXPORT personalizeTargets
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT development
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(EXPORT personalizeTargets NAMESPACE personalize:: DESTINATION ${package_dir} COMPONENT development)
install(FILES include/personalize.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
install(DIRECTORY include/personalize DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development FILES_MATCHING PATTERN "*.h")

configure_package_config_file(pkgconfig/personalizeConfig.cmake.in ${PROJECT_BINARY_DIR}/personalizeConfig.cmake
  INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/personalizeConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/personalizeConfig.cmake ${PROJECT_BINARY_DIR}/personalizeConfigVersion.cmake
  DESTINATION ${package_dir} COMPONENT development)

# The prefix is the file's own place, so that an installed tree can be moved; one step up for each folder of the path to it.
cmake_path(SET pc_dir NORMALIZE "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
cmake_path(IS_ABSOLUTE pc_dir pc_dir_is_absolute)
if(pc_dir_is_absolute)
  set(PC_PREFIX ${CMAKE_INSTALL_PREFIX})
else()
  string(REGEX REPLACE "[^/]+" ".." pc_up "${pc_dir}")
  set(PC_PREFIX "\${pcfiledir}/${pc_up}")
endif()
configure_file(pkgconfig/personalize.pc.in ${PROJECT_BINARY_DIR}/personalize.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/personalize.pc DESTINATION ${pc_dir} COMPONENT development)
