# battlemap_embed_files(TARGET HEADER header NAMESPACE namespace FUNCTION function FILES file...): compiles text
# files into TARGET, so that the program needs none of them beside it. `function`, which `header` declares, finds
# their text by file name.
function(battlemap_embed_files target)
  cmake_parse_arguments(PARSE_ARGV 1 embed "" "HEADER;NAMESPACE;FUNCTION" "FILES")
  set(out "${CMAKE_BINARY_DIR}/generated/embedded/${embed_FUNCTION}.cpp")
  string(REPLACE ";" "|" files "${embed_FILES}")
  add_custom_command(OUTPUT "${out}"
    COMMAND "${CMAKE_COMMAND}" "-DOUT=${out}" "-DHEADER=${embed_HEADER}" "-DNAMESPACE=${embed_NAMESPACE}"
            "-DFUNCTION=${embed_FUNCTION}" "-DFILES=${files}"
            -P "${CMAKE_SOURCE_DIR}/cmake/EmbedFilesScript.cmake"
    DEPENDS ${embed_FILES} "${CMAKE_SOURCE_DIR}/cmake/EmbedFilesScript.cmake"
    COMMENT "Embedding files for ${embed_FUNCTION}()" VERBATIM)
  target_sources(${target} PRIVATE "${out}")
endfunction()
