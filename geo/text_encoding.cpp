#include "geo/text_encoding.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <utility>
#include <vector>

#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

struct Mark {
  std::string_view bytes;
  Encoding encoding;
};
constexpr std::array<Mark, 4> marks{{{"\xEF\xBB\xBF", Encoding::utf8},
                                     {"\xFF\xFE", Encoding::utf16le},
                                     {"\xFE\xFF", Encoding::utf16be},
                                     {"\x84\x31\x95\x33", Encoding::gb18030}}};
constexpr std::size_t longest_mark = 4;

double share(std::uint64_t part, std::uint64_t rest) {
  return part + rest == 0 ? 0 : static_cast<double>(part) / static_cast<double>(part + rest);
}

/// Text in UTF-16 of these offices has a zero byte in every ASCII character: digits, commas, line ends.
std::optional<Encoding> wide_encoding(const std::uint64_t (&zero)[2], std::uint64_t total) {
  constexpr double enough = 0.2, hardly_any = 0.01;
  const double half = static_cast<double>(total) / 2;
  if (half < 1) return std::nullopt;
  const double even = static_cast<double>(zero[0]) / half, odd = static_cast<double>(zero[1]) / half;
  if (odd > enough && even < hardly_any) return Encoding::utf16le;
  if (even > enough && odd < hardly_any) return Encoding::utf16be;
  return std::nullopt;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
  return std::array<std::string_view, 4>{"UTF-8", "GB18030", "UTF-16LE",
                                         "UTF-16BE"}[static_cast<std::size_t>(encoding)];
}

std::optional<Encoding> parse_encoding(std::string_view name) {
  std::string plain;
  for (const char c : name)
    if (c != '-' && c != '_' && c != ' ') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  constexpr std::array<std::pair<std::string_view, Encoding>, 9> known{{{"utf8", Encoding::utf8},
                                                                        {"gb18030", Encoding::gb18030},
                                                                        {"gbk", Encoding::gb18030},
                                                                        {"gb2312", Encoding::gb18030},
                                                                        {"cp936", Encoding::gb18030},
                                                                        {"936", Encoding::gb18030},
                                                                        {"utf16", Encoding::utf16le},
                                                                        {"utf16le", Encoding::utf16le},
                                                                        {"utf16be", Encoding::utf16be}}};
  for (const auto& [text, encoding] : known)
    if (plain == text) return encoding;
  return std::nullopt;
}

std::string describe(const EncodingGuess& guess) {
  const std::string name(encoding_name(guess.encoding));
  if (guess.stated) return name + " (stated)";
  if (guess.mark > 0) return name + " (byte order mark)";
  if (guess.plain_ascii) return "ASCII";
  return fmt::format("{}, confidence {:.0f} %", name, std::floor(guess.confidence * 100));
}

void EncodingDetector::add_utf8(unsigned char byte) {
  if (utf8_left_ > 0) {
    if (byte >= utf8_low_ && byte <= utf8_high_) {
      utf8_low_ = 0x80, utf8_high_ = 0xBF;
      if (--utf8_left_ == 0) ++utf8_good_, utf8_long_ += utf8_length_ > 2 ? 1 : 0;
      return;
    }
    ++utf8_bad_, utf8_left_ = 0, utf8_low_ = 0x80, utf8_high_ = 0xBF;
  }
  if (byte < 0x80) return;
  utf8_length_ = byte >= 0xC2 && byte <= 0xDF   ? 2
                 : (byte & 0xF0U) == 0xE0       ? 3
                 : byte >= 0xF0 && byte <= 0xF4 ? 4
                                                : 0;
  if (utf8_length_ == 0) {
    ++utf8_bad_;
    return;
  }
  utf8_left_ = utf8_length_ - 1;
  // Overlong forms, surrogates and what lies past U+10FFFF are no characters.
  if (byte == 0xE0) utf8_low_ = 0xA0;
  if (byte == 0xED) utf8_high_ = 0x9F;
  if (byte == 0xF0) utf8_low_ = 0x90;
  if (byte == 0xF4) utf8_high_ = 0x8F;
}

void EncodingDetector::add_gb(unsigned char byte) {
  const bool digit = byte >= '0' && byte <= '9';
  const bool lead = byte >= 0x81 && byte <= 0xFE;
  if (gb_place_ == 0) {
    if (byte < 0x80) return;
    lead ? (gb_lead_ = byte, gb_place_ = 1) : ++gb_bad_;
    return;
  }
  if (gb_place_ == 1 && digit) {
    gb_place_ = 2;
  } else if (gb_place_ == 1 && byte >= 0x40 && byte != 0x7F && byte != 0xFF) {
    ++gb_good_, gb_place_ = 0;
    // Rows 16 to 55 of GB 2312 hold the common characters, rows 1 to 3 punctuation and full-width forms.
    const bool common = (gb_lead_ >= 0xB0 && gb_lead_ <= 0xD7) || (gb_lead_ >= 0xA1 && gb_lead_ <= 0xA3);
    gb_common_ += common && byte >= 0xA1 ? 1 : 0;
  } else if (gb_place_ == 2 && lead) {
    gb_place_ = 3;
  } else if (gb_place_ == 3 && digit) {
    ++gb_good_, gb_place_ = 0;
  } else {
    ++gb_bad_, gb_place_ = 0;
  }
}

void EncodingDetector::add(std::string_view bytes) {
  if (head_.size() < longest_mark) head_ += bytes.substr(0, longest_mark - head_.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0) ++zero_[total_ & 1U];
    ++total_;
    if (byte < 0x80 && utf8_left_ == 0 && gb_place_ == 0) continue;
    high_ += byte >= 0x80 ? 1 : 0;
    add_utf8(byte);
    add_gb(byte);
  }
}

EncodingGuess EncodingDetector::guess() const {
  EncodingGuess guess;
  for (const Mark& mark : marks)
    if (head_.starts_with(mark.bytes)) {
      guess.encoding = mark.encoding, guess.mark = mark.bytes.size();
      guess.faultless = mark.encoding != Encoding::utf8 || (utf8_bad_ == 0 && utf8_left_ == 0);
      return guess;
    }
  if (const auto wide = wide_encoding(zero_, total_)) {
    guess.encoding = *wide, guess.confidence = 0.9;
    return guess;
  }
  guess.plain_ascii = high_ == 0;
  if (guess.plain_ascii) return guess;
  const std::uint64_t utf8_bad = utf8_bad_ + (utf8_left_ > 0 ? 1 : 0),
                      gb_bad = gb_bad_ + (gb_place_ > 0 ? 1 : 0);
  const double as_utf8 = share(utf8_good_, utf8_bad),
               as_gb = share(gb_common_, gb_good_ - gb_common_ + gb_bad);
  const bool all_common = gb_bad == 0 && gb_common_ == gb_good_ && utf8_long_ == 0;
  if ((utf8_bad == 0 && !all_common) || (utf8_bad > 0 && as_utf8 >= as_gb)) {
    // That other bytes look like a character of two bytes by chance is one in ten, of three one in thirty.
    const auto least = [](std::uint64_t n) { return static_cast<double>(std::min<std::uint64_t>(n, 60)); };
    guess.confidence =
        as_utf8 * (1 - std::pow(0.1, least(utf8_good_ - utf8_long_)) * std::pow(0.03, least(utf8_long_)));
    guess.faultless = utf8_bad == 0;
    return guess;
  }
  guess.encoding = Encoding::gb18030;
  guess.confidence = utf8_bad == 0 ? 0.5 : as_gb;
  guess.faultless = gb_bad == 0;
  return guess;
}

struct TextDecoder::Impl {
  iconv_t handle;
  std::size_t unit;  ///< bytes to step over when they are malformed
  std::string left;  ///< the beginning of a character

  explicit Impl(Encoding encoding)
      : handle(iconv_open("UTF-8", std::string(encoding_name(encoding)).c_str())),
        unit(encoding == Encoding::utf16le || encoding == Encoding::utf16be ? 2 : 1) {
    if (handle == reinterpret_cast<iconv_t>(-1))
      fail("this system's iconv cannot convert from {}; install the C library's locale data (gconv modules)",
           encoding_name(encoding));
  }
  ~Impl() { iconv_close(handle); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  /// Converts until the input ends or a character is cut; returns the bytes that are left.
  std::size_t convert(char* in, std::size_t size, std::string& text) const {
    std::array<char, 16384> buffer;
    while (size > 0) {
      char* out = buffer.data();
      std::size_t room = buffer.size();
      const std::size_t result = iconv(handle, &in, &size, &out, &room);
      const int error = errno;
      text.append(buffer.data(), buffer.size() - room);
      if (result != static_cast<std::size_t>(-1) || error == E2BIG) continue;
      if (error == EINVAL) return size;
      const std::size_t step = std::min(unit, size);
      in += step, size -= step;
      text += replacement_character;
    }
    return 0;
  }
};

TextDecoder::TextDecoder(Encoding encoding) : impl_(std::make_unique<Impl>(encoding)) {}
TextDecoder::~TextDecoder() = default;
TextDecoder::TextDecoder(TextDecoder&&) noexcept = default;
TextDecoder& TextDecoder::operator=(TextDecoder&&) noexcept = default;

void TextDecoder::decode(std::string_view bytes, std::string& text) {
  std::string& left = impl_->left;
  left += bytes;
  const std::size_t waiting = impl_->convert(left.data(), left.size(), text);
  left.erase(0, left.size() - waiting);
}

void TextDecoder::finish(std::string& text) {
  if (!impl_->left.empty()) text += replacement_character;
  impl_->left.clear();
}

EncodingGuess detect_file_encoding(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) fail("{}: cannot be read; check its permissions", path);
  EncodingDetector detector;
  std::vector<char> piece(1U << 18U);
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    detector.add({piece.data(), static_cast<std::size_t>(file.gcount())});
  }
  return detector.guess();
}

}  // namespace battlemap::geo
