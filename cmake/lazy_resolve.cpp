// Finds what the stubs of lazy_stubs.py stand for.
#include <dlfcn.h>
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <mutex>

namespace {

/// As lazy_stubs.py lays it out.
struct LazyLibrary {
  const char* soname;
  void** slots;
  const char* const* names;
  std::size_t count;
  void* handle;
};

/// Whoever called has no way to hear of it, and nothing the program was asked for can be done without.
[[noreturn]] void give_up(const char* reason) {
  std::fprintf(stderr, "battlemap: a library cannot be loaded: %s: install the packages that the README lists\n", reason);
  std::fflush(nullptr);
  _exit(1);
}

}  // namespace

/// The address of the function; it, and those of all others of its library, are in their slots from now on: later calls neither come
/// here nor wait for the loader, which is busy for a while when another library follows. Any thread may ask.
extern "C" __attribute__((visibility("hidden"))) void* battlemap_lazy_resolve(LazyLibrary* library, std::size_t index) {
  static std::mutex loading;
  const std::lock_guard lock(loading);
  if (library->handle == nullptr) {
    library->handle = dlopen(library->soname, RTLD_LAZY | RTLD_LOCAL);
    if (library->handle == nullptr) give_up(dlerror());
    for (std::size_t i = 0; i < library->count; ++i)
      if (void* const found = dlsym(library->handle, library->names[i]))
        __atomic_store_n(&library->slots[i], found, __ATOMIC_RELAXED);
  }
  void* const found = dlsym(library->handle, library->names[index]);
  if (found == nullptr) give_up(dlerror());
  return found;
}
