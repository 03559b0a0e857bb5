# Runs the example RUN and compares what it prints with the file EXPECTED.
execute_process(COMMAND ${RUN} RESULT_VARIABLE failed OUTPUT_VARIABLE printed)
file(READ ${EXPECTED} expected)
if(failed OR NOT printed STREQUAL expected)
  message(FATAL_ERROR "${RUN} gave ${failed} and printed\n${printed}\nand not\n${expected}")
endif()
