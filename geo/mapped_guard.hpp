#pragma once
#include <cstddef>
#include <span>
#include <string>

namespace battlemap::geo {

/// While it lives: who reads memory of a mapped file that somebody cuts off, or whose disk is gone, ends the program with a message that
/// names the file (exit 1) instead of a bare SIGBUS. There is no way to go on, as whoever reads has no way to hear of it.
class MappedGuard {
 public:
  MappedGuard() = default;
  MappedGuard(std::span<const std::byte> mapped, std::string file);
  ~MappedGuard();
  MappedGuard(const MappedGuard&) = delete;
  MappedGuard& operator=(const MappedGuard&) = delete;

 private:
  std::string file_;
  std::size_t slot_ = 0;
  bool watched_ = false;
};

}  // namespace battlemap::geo
