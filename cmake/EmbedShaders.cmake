# battlemap_embed_shaders(TARGET): compiles shaders/*.vert and *.frag into TARGET as string constants, so
# that the program needs no files to draw. Read them through render/shader_sources.hpp.
function(battlemap_embed_shaders target)
  file(GLOB shaders CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/shaders/*.vert" "${CMAKE_SOURCE_DIR}/shaders/*.frag"
       "${CMAKE_SOURCE_DIR}/shaders/*.glsl")
  set(out "${CMAKE_BINARY_DIR}/generated/shaders/shader_sources.cpp")
  add_custom_command(OUTPUT "${out}"
    COMMAND "${CMAKE_COMMAND}" "-DOUT=${out}" "-DDIR=${CMAKE_SOURCE_DIR}/shaders"
            -P "${CMAKE_SOURCE_DIR}/cmake/EmbedShadersScript.cmake"
    DEPENDS ${shaders} "${CMAKE_SOURCE_DIR}/cmake/EmbedShadersScript.cmake"
    COMMENT "Embedding shaders" VERBATIM)
  target_sources(${target} PRIVATE "${out}")
endfunction()
