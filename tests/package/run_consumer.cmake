# Runs the consumer on a store of its own. Without the library's path in its environment, since its build must have seen to that.
file(REMOVE ${WORK}/school.pz ${WORK}/school.pz-wal ${WORK}/school.pz-shm ${WORK}/school.pz.lock)
execute_process(COMMAND ${CMAKE_COMMAND} -E env ${RUN_ENVIRONMENT} ${PROGRAM} ${WORK}/school.pz OUTPUT_VARIABLE out ERROR_VARIABLE words
  RESULT_VARIABLE failed)
if(failed OR NOT out MATCHES "^${VERSION} Somebody's school")
  message(FATAL_ERROR "the consumer gave ${failed}: ${out}${words}")
endif()
