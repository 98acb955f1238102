#pragma once
#include <map>
#include <string>
#include <utility>

#include "geo/error.hpp"

namespace battlemap::geo {

/// Collects the problems of one source: of each kind the first `limit` in full, then one that counts the
/// rest, so that a table of a million bad rows stays readable and small. Appended on destruction.
class ProblemLog {
 public:
  ProblemLog(Problems& problems, std::string source, std::size_t limit)
      : problems_(problems), source_(std::move(source)), limit_(limit) {}
  ProblemLog(const ProblemLog&) = delete;
  ProblemLog& operator=(const ProblemLog&) = delete;
  ~ProblemLog() {
    for (const auto& [kind, count] : counts_)
      if (count > limit_)
        problems_.push_back({kind, source_, 0, "", more(count - limit_), count - limit_});
  }

  void add(const std::string& kind, std::int64_t row, std::string code, std::string message) {
    if (++counts_[kind] <= limit_)
      problems_.push_back({kind, source_, row, std::move(code), std::move(message)});
  }

  /// However many there are.
  void add_always(const std::string& kind, std::int64_t row, std::string code, std::string message) {
    problems_.push_back({kind, source_, row, std::move(code), std::move(message)});
  }

  /// What another log of the same source and limit wrote, in its order.
  void take(Problems&& others) {
    for (Problem& problem : others) {
      std::size_t& count = counts_[problem.kind];
      // The last entry of a list that was cut stands for those that are missing.
      if (problem.message == more(problem.count))
        count += problem.count;
      else if (++count <= limit_)
        problems_.push_back(std::move(problem));
    }
  }

  std::size_t total() const {
    std::size_t sum = 0;
    for (const auto& [kind, count] : counts_) sum += count;
    return sum;
  }

 private:
  static std::string more(std::size_t count) { return fmt::format("and {} more of this kind", count); }

  Problems& problems_;
  std::string source_;
  std::size_t limit_;
  std::map<std::string, std::size_t> counts_;
};

}  // namespace battlemap::geo
