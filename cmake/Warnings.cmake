# battlemap_warnings(TARGET): the warnings every target of ours is built with.
function(battlemap_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                         -Woverloaded-virtual -Wno-missing-field-initializers)
  # GCC 12 gives false alarms inside std::string and std::vector (its bug 105651 and kin); where depends on what it
  # inlines, thus on the lengths of paths. AddressSanitizer finds the real ones.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow
                           -Wno-stringop-overread)
  else()
    target_compile_options(${target} PRIVATE -Wnull-dereference)
  endif()
  # Several files in one unit look like a header to this warning.
  if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
  if(BATTLEMAP_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()
