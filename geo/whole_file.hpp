#pragma once
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace battlemap::geo {

/// A file that appears under its name only when complete: written beside it, then renamed. A device or pipe
/// is written in place. Every error is a WriteError naming the file and the reason.
class WholeFile {
 public:
  /// Throws when the folder is missing, the file is a folder, or nothing can be written there.
  explicit WholeFile(std::filesystem::path file);
  ~WholeFile();  ///< an unfinished file is removed
  WholeFile(WholeFile&&) noexcept;
  WholeFile& operator=(WholeFile&&) noexcept;

  const std::filesystem::path& path() const { return file_; }
  /// False when it failed; errno says why.
  bool write(const void* data, std::size_t bytes);
  void write_all(std::string_view data);  ///< throws
  void finish();
  [[noreturn]] void fail(const std::string& why) const;

 private:
  struct Closing {
    void operator()(std::FILE* f) const { std::fclose(f); }
  };
  void discard();
  std::filesystem::path file_, temporary_;
  std::unique_ptr<std::FILE, Closing> out_;
};

}  // namespace battlemap::geo
