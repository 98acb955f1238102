#pragma once
#include <fmt/format.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace battlemap::geo {

/// A failure the user can act on. The message names the file, the row, the field, the value and what to do.
/// Caught once, in main (exit code 1).
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The command line or a name on it is wrong (exit code 2).
class UsageError : public Error {
 public:
  using Error::Error;
};

/// A file cannot be written: the disk is full, the folder closed to us. Writing the next one will fail as well.
class WriteError : public Error {
 public:
  using Error::Error;
};

template <class... Args>
[[noreturn]] void fail(fmt::format_string<Args...> format, Args&&... args) {
  throw Error(fmt::format(format, std::forward<Args>(args)...));
}

/// Something odd in the input that did not stop the rest from loading. Reported by `check`, shown in the window.
struct Problem {
  std::string kind;      ///< stable id, e.g. "unmatched_row", "duplicate_code", "invalid_geometry"
  std::string source;    ///< file (and layer) it was found in
  std::int64_t row = 0;  ///< 1-based row or feature id, 0 when it concerns the whole source
  std::string code;      ///< division code concerned, may be empty
  std::string message;   ///< one English sentence: what is wrong, with the value, and what was done about it
  std::size_t count = 1;  ///< of a list that was cut the last one stands for all that are missing
};
using Problems = std::vector<Problem>;

}  // namespace battlemap::geo
