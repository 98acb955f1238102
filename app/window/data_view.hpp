#pragma once
#include <string>
#include <vector>

#include "app/check_report.hpp"
#include "geo/text.hpp"

namespace battlemap::app {

/// What the data page of the window says: the report of `check` in the window's language.
struct DataView {
  enum class Tone { plain, good, bad };
  struct Line {
    std::string label, detail;
    Tone tone = Tone::plain;
  };
  /// Problems of one kind.
  struct Kind {
    std::string id, label;  ///< "unmatched_row"; in words
    std::size_t count = 0;
    bool note = false;                 ///< nothing needs to be done
    std::vector<std::string> messages;  ///< the first ones: place of the fault, then what is wrong
  };
  std::string verdict;
  bool good = false;
  std::vector<Line> totals, joins, boundaries, records;
  std::vector<Kind> problems;  ///< those that need something done first, then by count
};
DataView data_view(const CheckReport& report, geo::Language language);

}  // namespace battlemap::app
