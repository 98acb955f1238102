# battlemap_warnings(TARGET): the warnings every target of ours is built with.
function(battlemap_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                         -Woverloaded-virtual -Wnull-dereference -Wno-missing-field-initializers)
  if(BATTLEMAP_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()
