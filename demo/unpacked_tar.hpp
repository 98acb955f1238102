#pragma once
#include <filesystem>
#include <string>

namespace battlemap::demo {

/// A .tgz unzipped to a plain tar beside what is being made; gone when this object is. GDAL reads the members
/// of a plain tar at once, those of a zipped one by unzipping again and again, and leaves files beside it.
class UnpackedTar {
 public:
  /// Throws geo::Error naming the archive.
  UnpackedTar(const std::filesystem::path& tarball, const std::filesystem::path& scratch);
  ~UnpackedTar();
  UnpackedTar(const UnpackedTar&) = delete;
  UnpackedTar& operator=(const UnpackedTar&) = delete;
  /// A member's, or with "" the archive's, name for GDAL.
  std::string member(const std::string& path = {}) const;

 private:
  std::filesystem::path file_;
};

}  // namespace battlemap::demo
