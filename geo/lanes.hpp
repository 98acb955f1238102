#pragma once

// For code on several numbers at once: by vectors of the compiler, in registers of AVX2 where the processor has them.

/// Of functions that go into AVX2 code as well as into plain code: nothing in it may be a call.
#define BATTLEMAP_IN_LANES [[gnu::always_inline]] inline

namespace battlemap::geo {

#ifdef __x86_64__
inline bool has_avx2() {
  static const bool has = __builtin_cpu_supports("avx2");
  return has;
}
#endif

}  // namespace battlemap::geo
