#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace battlemap::render {

/// A face in a font file.
struct FontFile {
  std::string path;
  int index = 0;
  friend bool operator==(const FontFile&, const FontFile&) = default;
};

/// Finds installed fonts through fontconfig. Not thread-safe.
class FontFinder {
 public:
  FontFinder();  ///< throws geo::Error when fontconfig has no configuration
  ~FontFinder();
  FontFinder(const FontFinder&) = delete;
  FontFinder& operator=(const FontFinder&) = delete;

  /// Noto Sans CJK SC, else another sans serif that has Chinese. Throws geo::Error naming the package to
  /// install.
  FontFile chinese(bool bold) const;
  /// An outline font that has `code_point`, best match first; nullopt when none does.
  std::optional<FontFile> with(char32_t code_point, bool bold) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace battlemap::render
