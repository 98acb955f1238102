# battlemap_embed_tables(TARGET FILE...): compiles TOML tables into TARGET as string constants, so that a
# project that names none has them. Read them through geo/default_tables.hpp, by file name.
function(battlemap_embed_tables target)
  set(out "${CMAKE_BINARY_DIR}/generated/tables/default_tables.cpp")
  string(REPLACE ";" "|" files "${ARGN}")
  add_custom_command(OUTPUT "${out}"
    COMMAND "${CMAKE_COMMAND}" "-DOUT=${out}" "-DFILES=${files}"
            -P "${CMAKE_SOURCE_DIR}/cmake/EmbedTablesScript.cmake"
    DEPENDS ${ARGN} "${CMAKE_SOURCE_DIR}/cmake/EmbedTablesScript.cmake"
    COMMENT "Embedding default tables" VERBATIM)
  target_sources(${target} PRIVATE "${out}")
endfunction()
