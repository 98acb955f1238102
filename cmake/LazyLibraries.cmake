# battlemap_load_lazily(TARGET ARCHIVES target... LIBRARIES file...): the executable TARGET starts without these shared libraries; each
# is loaded when a function of it is called first. GDAL alone brings 90 others, whose loading takes longer than drawing a province
# from its pack. ARCHIVES: the static libraries that call them. On other processors and with sanitizers they are linked as ever.
set(BATTLEMAP_LAZY OFF)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64" AND NOT BATTLEMAP_SANITIZE AND NOT BATTLEMAP_FUZZ)
  set(BATTLEMAP_LAZY ON)
  enable_language(ASM)
endif()

function(battlemap_load_lazily target)
  if(NOT BATTLEMAP_LAZY)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 lazy "" "" "ARCHIVES;LIBRARIES")
  set(stubs "${CMAKE_BINARY_DIR}/generated/lazy_stubs.S")
  set(objects "")
  foreach(archive ${lazy_ARCHIVES})
    if(TARGET ${archive})
      list(APPEND objects "$<TARGET_FILE:${archive}>")
    else()
      list(APPEND objects "${archive}")
    endif()
  endforeach()
  add_custom_command(OUTPUT "${stubs}"
    COMMAND "${BATTLEMAP_PYTHON}" "${CMAKE_SOURCE_DIR}/cmake/lazy_stubs.py" "${CMAKE_NM}" "${stubs}" ${lazy_LIBRARIES} -- ${objects}
    DEPENDS ${lazy_ARCHIVES} "${CMAKE_SOURCE_DIR}/cmake/lazy_stubs.py"
    COMMENT "Standing in for libraries that are loaded when needed" VERBATIM)
  target_sources(${target} PRIVATE "${stubs}" "${CMAKE_SOURCE_DIR}/cmake/lazy_resolve.cpp")
  target_link_libraries(${target} PRIVATE ${CMAKE_DL_LIBS})
  # What the stubs define is not looked for in the libraries, and those that nothing needs are left out.
  target_link_options(${target} PRIVATE -Wl,--as-needed)
endfunction()
