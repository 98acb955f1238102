#include "demo/unpacked_tar.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>

#include <fstream>
#include <memory>
#include <vector>

#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

struct CloseVsi {
  void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

void unzip(const std::filesystem::path& zipped, const std::filesystem::path& plain) {
  const CPLConfigOptionSetter no_files_beside("CPL_VSIL_GZIP_WRITE_PROPERTIES", "NO", false);
  const std::unique_ptr<VSILFILE, CloseVsi> in(VSIFOpenL(("/vsigzip/" + zipped.string()).c_str(), "rb"));
  if (!in) geo::fail("cannot unzip {}: {}", zipped.string(), CPLGetLastErrorMsg());
  std::ofstream out(plain, std::ios::binary);
  std::vector<char> block(1U << 20U);
  while (const std::size_t count = VSIFReadL(block.data(), 1, block.size(), in.get()))
    out.write(block.data(), static_cast<std::streamsize>(count));
  out.flush();
  if (!out) geo::fail("cannot write {}: is there room on the disk?", plain.string());
}

}  // namespace

UnpackedTar::UnpackedTar(const std::filesystem::path& tarball, const std::filesystem::path& scratch)
    : file_(scratch / (tarball.stem().string() + ".tar")) {
  try {
    unzip(tarball, file_);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
    throw;
  }
}

UnpackedTar::~UnpackedTar() {
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

std::string UnpackedTar::member(const std::string& path) const {
  return "/vsitar/" + file_.string() + (path.empty() ? "" : "/" + path);
}

}  // namespace battlemap::demo
