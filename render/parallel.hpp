#pragma once
#include "geo/parallel.hpp"

namespace battlemap::render {

using geo::parallel_jobs;
using geo::worker_count;

/// Bands a picture is made in: some for each of the threads, so that none waits long for the others, and smaller ones where they give
/// way to a frame that begins.
inline int bands_wanted(int threads) {
  return worker_count(threads) * (geo::GiveWay::here() ? 8 : 4);
}

/// Rows [begin, end) of band `i` when `rows` are cut into `bands` nearly equal bands.
struct Band {
  int begin = 0, end = 0;
};
inline Band band_of(int i, int bands, int rows) {
  return {static_cast<int>(static_cast<long long>(rows) * i / bands),
          static_cast<int>(static_cast<long long>(rows) * (i + 1) / bands)};
}

}  // namespace battlemap::render
