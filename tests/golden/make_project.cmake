# Copies the committed files of the demo project and generates the stand-in province into them.
file(MAKE_DIRECTORY "${TO}")
file(GLOB files "${FROM}/*.toml" "${FROM}/*.csv")
file(COPY ${files} "${FROM}/maps" "${FROM}/criteria" DESTINATION "${TO}")
execute_process(COMMAND "${PROGRAM}" demo "${TO}" --offline RESULT_VARIABLE code)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "battlemap demo ended with ${code}")
endif()
