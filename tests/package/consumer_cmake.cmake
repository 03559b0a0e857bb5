# A project outside the tree that finds the library by its CMake package. The installed tree is moved first: it must not remember
cmake_minimum_required(VERSION 3.25)
# where it was installed.
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
file(COPY ${PREFIX}/ DESTINATION ${WORK}/moved)
file(COPY ${SOURCE} DESTINATION ${WORK})
execute_process(COMMAND ${CMAKE_COMMAND} -S ${WORK}/consumer -B ${WORK}/build -G ${GENERATOR} -DCMAKE_C_COMPILER=${CC} -DKIND=${KIND}
  -DCMAKE_PREFIX_PATH=${WORK}/moved OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${WORK}/build OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
set(PROGRAM ${WORK}/build/consumer)
include(${CMAKE_CURRENT_LIST_DIR}/run_consumer.cmake)
