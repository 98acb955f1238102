#pragma once
#include <memory>
#include <mutex>
#include <vector>

#include "geo/division.hpp"

namespace battlemap::render {

/// What was made of coverages, which do not change, kept as long as they live. Thread-safe.
template <class Made>
class CoverageMemo {
 public:
  /// What `make()` made when it was last asked for with this coverage and detail.
  template <class Make>
  std::shared_ptr<const Made> get(const std::shared_ptr<const geo::Coverage>& coverage, const void* detail,
                                  const Make& make) {
    const std::lock_guard lock(mutex_);
    std::erase_if(known_, [](const Known& k) { return k.coverage.expired(); });
    for (const Known& k : known_)
      if (k.is_of(*coverage, detail)) return k.made;
    known_.push_back({coverage, coverage.get(), detail, coverage->size(), coverage->polygons.boxes.data(),
                      coverage->polygons.size(), make()});
    return known_.back().made;
  }

 private:
  struct Known {
    std::weak_ptr<const geo::Coverage> coverage;
    const geo::Coverage* at;
    const void* detail;
    // Coverages of one address that are still being built differ in these.
    std::size_t cells;
    const geo::Box* boxes;
    std::size_t polygons;
    std::shared_ptr<const Made> made;
    bool is_of(const geo::Coverage& c, const void* d) const {
      return at == &c && detail == d && cells == c.size() && boxes == c.polygons.boxes.data() &&
             polygons == c.polygons.size();
    }
  };
  std::mutex mutex_;
  std::vector<Known> known_;
};

}  // namespace battlemap::render
