#pragma once
#include <atomic>

namespace battlemap::geo {

/// Whether large blocks of memory had better come as huge pages. So it is once a pack is opened: what is made of it is as large as
/// it will be and stays. What reads sources grows and frees its blocks, and clearing huge ones again and again takes it longer.
inline std::atomic<bool> huge_pages_pay{false};

}  // namespace battlemap::geo
