// Linked into sanitizer builds only. A graphics driver that is unloaded before the leak check takes its name
// with it, and tests/lsan.supp could no longer tell its leaks from ours: so nothing is unloaded.
extern "C" int dlclose(void*) noexcept {
  return 0;
}
