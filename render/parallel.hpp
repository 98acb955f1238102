#pragma once
#include "geo/parallel.hpp"

namespace battlemap::render {

using geo::parallel_jobs;
using geo::worker_count;

/// Rows [begin, end) of band `i` when `rows` are cut into `bands` nearly equal bands.
struct Band {
  int begin = 0, end = 0;
};
inline Band band_of(int i, int bands, int rows) {
  return {static_cast<int>(static_cast<long long>(rows) * i / bands),
          static_cast<int>(static_cast<long long>(rows) * (i + 1) / bands)};
}

}  // namespace battlemap::render
