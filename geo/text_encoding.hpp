#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace battlemap::geo {

enum class Encoding : std::uint8_t { utf8, gb18030, utf16le, utf16be };
/// "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE".
std::string_view encoding_name(Encoding encoding);
/// Any usual spelling: "utf8", "GBK", "cp936", ... GBK and GB 2312 are parts of GB 18030. nullopt: unknown.
std::optional<Encoding> parse_encoding(std::string_view name);

/// What a file's bytes are taken for.
struct EncodingGuess {
  Encoding encoding = Encoding::utf8;
  double confidence = 1;     ///< 0 to 1; see EncodingDetector
  std::size_t mark = 0;      ///< bytes of the byte order mark
  bool plain_ascii = false;  ///< every encoding says the same
  bool stated = false;       ///< by the project file, not guessed
  bool faultless = true;     ///< no byte contradicts it
};
/// "GB18030, confidence 98 %"; "UTF-8 (byte order mark)"; "UTF-8 (stated)"; "ASCII".
std::string describe(const EncodingGuess& guess);

/// Guesses the encoding of a text from all its bytes, given in pieces of any size.
/// UTF-8: how much of what is not ASCII is well-formed; every well-formed character lessens the doubt. GB
/// 18030: how many of its characters are the 3,755 common ones. Bytes that are well-formed as both are UTF-8,
/// but for texts of two-byte characters only that are all common Chinese ones: nobody writes a table in
/// Cyrillic.
class EncodingDetector {
 public:
  void add(std::string_view bytes);
  EncodingGuess guess() const;

 private:
  void add_utf8(unsigned char byte);
  void add_gb(unsigned char byte);

  std::string head_;  ///< the first bytes, for the mark
  std::uint64_t total_ = 0, high_ = 0;
  std::uint64_t zero_[2] = {0, 0};  ///< zero bytes at even and odd offsets
  std::uint64_t utf8_good_ = 0, utf8_long_ = 0, utf8_bad_ = 0;
  std::uint64_t gb_good_ = 0, gb_common_ = 0, gb_bad_ = 0;
  int utf8_left_ = 0, utf8_length_ = 0, gb_place_ = 0;
  unsigned char utf8_low_ = 0x80, utf8_high_ = 0xBF, gb_lead_ = 0;
};

/// Bytes of one encoding to UTF-8, given in pieces of any size. What is malformed becomes U+FFFD.
class TextDecoder {
 public:
  explicit TextDecoder(Encoding encoding);
  ~TextDecoder();
  TextDecoder(TextDecoder&&) noexcept;
  TextDecoder& operator=(TextDecoder&&) noexcept;
  /// Appends to `text`; a character cut by the end of `bytes` waits for the next piece.
  void decode(std::string_view bytes, std::string& text);
  /// At the end of the file: a character that is still cut becomes U+FFFD.
  void finish(std::string& text);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The encoding of a whole regular file. Throws Error when it cannot be read.
EncodingGuess detect_file_encoding(const std::string& path);

inline constexpr std::string_view replacement_character = "\uFFFD";

}  // namespace battlemap::geo
