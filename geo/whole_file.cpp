#include "geo/whole_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

namespace fs = std::filesystem;

std::string reason(int error) {
  return std::generic_category().message(error);
}

bool written_in_place(const fs::path& file) {
  std::error_code error;
  const auto status = fs::status(file, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

}  // namespace

WholeFile::WholeFile(fs::path file) : file_(std::move(file)) {
  std::error_code error;
  const auto folder = file_.has_parent_path() ? file_.parent_path() : fs::path(".");
  if (fs::is_directory(file_, error)) fail("it is a folder");
  if (!fs::is_directory(folder, error)) fail("there is no folder " + folder.string());
  temporary_ = written_in_place(file_) ? file_ : fs::path(file_.string() + fmt::format(".{}.part", ::getpid()));
  out_.reset(std::fopen(temporary_.c_str(), "wb"));
  if (!out_) fail(reason(errno));
}

WholeFile::~WholeFile() {
  discard();
}
WholeFile::WholeFile(WholeFile&&) noexcept = default;
WholeFile& WholeFile::operator=(WholeFile&& other) noexcept {
  discard();
  file_ = std::move(other.file_), temporary_ = std::move(other.temporary_), out_ = std::move(other.out_);
  return *this;
}

void WholeFile::discard() {
  if (!out_) return;
  out_.reset();
  std::error_code error;
  if (temporary_ != file_) fs::remove(temporary_, error);
}

bool WholeFile::write(const void* data, std::size_t bytes) {
  return bytes == 0 || std::fwrite(data, 1, bytes, out_.get()) == bytes;  // fwrite() may not be given a null pointer
}

void WholeFile::write_all(std::string_view data) {
  if (!write(data.data(), data.size())) fail(reason(errno));
}

void WholeFile::finish() {
  if (std::fflush(out_.get()) != 0) fail(reason(errno));
  if (std::fclose(out_.release()) != 0) {
    const int why = errno;
    std::error_code error;
    if (temporary_ != file_) fs::remove(temporary_, error);
    fail(reason(why));
  }
  if (temporary_ == file_) return;
  std::error_code error, ignored;
  fs::rename(temporary_, file_, error);
  if (!error) return;
  fs::remove(temporary_, ignored);
  fail(error.message());
}

void WholeFile::fail(const std::string& why) const {
  throw WriteError(fmt::format("cannot write {}: {}", file_.string(), why));
}

}  // namespace battlemap::geo
