# The OpenGL loader is generated at build time by the packaged glad 2. `--reproducible` keeps it from
# asking the network for newer specifications.
find_program(BATTLEMAP_PYTHON NAMES /usr/bin/python3 python3 REQUIRED)
set(GLAD_DIR "${CMAKE_BINARY_DIR}/generated/glad")
add_custom_command(
  OUTPUT "${GLAD_DIR}/src/gl.c" "${GLAD_DIR}/include/glad/gl.h"
  COMMAND "${BATTLEMAP_PYTHON}" -m glad --reproducible --quiet --api gl:core=3.3
          --extensions GL_ARB_timer_query --out-path "${GLAD_DIR}" c
  COMMENT "Generating the OpenGL loader" VERBATIM)
add_library(glad_gl STATIC "${GLAD_DIR}/src/gl.c" "${GLAD_DIR}/include/glad/gl.h")
target_include_directories(glad_gl SYSTEM PUBLIC "${GLAD_DIR}/include")
