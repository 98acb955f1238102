#include <spng.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <system_error>

#include "geo/error.hpp"
#include "render/image.hpp"
#include "geo/whole_file.hpp"
#include "render/png_rows.hpp"

namespace battlemap::render {
namespace {

namespace fs = std::filesystem;

constexpr double metres_per_inch = 0.0254;
constexpr std::size_t longest_keyword = 79;  // PNG specification, 11.3.4.2

struct FileCloser {
  void operator()(std::FILE* f) const { std::fclose(f); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;
struct ContextCloser {
  void operator()(spng_ctx* c) const { spng_ctx_free(c); }
};
using Context = std::unique_ptr<spng_ctx, ContextCloser>;

std::string reason(int error) {
  return std::generic_category().message(error);
}

/// A keyword PNG allows: printable ASCII, no spaces at its ends, at most 79 bytes, never empty.
std::string keyword(std::string key) {
  for (auto& c : key)
    if (c < 0x20 || c > 0x7E) c = '_';
  key = key.substr(0, longest_keyword);
  while (!key.empty() && key.back() == ' ') key.pop_back();
  while (!key.empty() && key.front() == ' ') key.erase(0, 1);
  return key.empty() ? "Comment" : key;
}

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Writes the chunks before the pixels. Keys without a value say nothing and are left out.
int set_text(spng_ctx* context, PngMetadata metadata) {
  static char nothing[] = "";
  std::vector<spng_text> chunks;
  for (auto& [key, value] : metadata) {
    value = value.substr(0, value.find('\0'));
    if (value.empty()) continue;
    spng_text chunk{};
    std::strcpy(chunk.keyword, keyword(key).c_str());
    chunk.type = is_ascii(value) ? SPNG_TEXT : SPNG_ITXT;
    chunk.text = value.data();
    chunk.length = value.size();
    chunk.language_tag = chunk.translated_keyword = nothing;
    chunks.push_back(chunk);
  }
  if (chunks.empty()) return 0;
  const int code = spng_set_text(context, chunks.data(), static_cast<std::uint32_t>(chunks.size()));
  return code != 0 ? code : spng_encode_chunks(context);  // now: the encoder keeps pointers into `metadata`
}

void set_resolution(spng_ctx* context, double dots_per_inch) {
  const double per_metre = std::round(dots_per_inch / metres_per_inch);
  if (!(per_metre >= 1 && per_metre < 2e9)) return;
  spng_phys phys{static_cast<std::uint32_t>(per_metre), static_cast<std::uint32_t>(per_metre), 1};
  spng_set_phys(context, &phys);
}

}  // namespace

struct PngWriter::Impl {
  geo::WholeFile out;
  int width, height, rows = 0;
  int write_error = 0;
  PngRows pixels;

  explicit Impl(const fs::path& file, int w, int h, PngEffort effort)
      : out(file), width(w), height(h), pixels(w, effort) {}
  [[noreturn]] void fail(const std::string& why) { out.fail(why); }
  void check(int code) {
    if (code == 0 || code == SPNG_EOI) return;
    fail(write_error ? reason(write_error) : spng_strerror(code));
  }
  static int write_some(spng_ctx*, void* user, void* data, std::size_t length) {
    auto& self = *static_cast<Impl*>(user);
    if (self.out.write(data, length)) return 0;
    self.write_error = errno;
    return SPNG_IO_ERROR;
  }
  /// All that comes before the pixels. These are compressed here: on all cores, as spng cannot.
  void begin(double dots_per_inch, const PngMetadata& metadata) {
    const Context context(spng_ctx_new(SPNG_CTX_ENCODER));
    if (!context) fail("out of memory");
    auto* c = context.get();
    check(spng_set_png_stream(c, write_some, this));
    spng_ihdr ihdr{};
    ihdr.width = static_cast<std::uint32_t>(width), ihdr.height = static_cast<std::uint32_t>(height);
    ihdr.bit_depth = 8, ihdr.color_type = SPNG_COLOR_TYPE_TRUECOLOR;
    check(spng_set_ihdr(c, &ihdr));
    check(spng_set_srgb(c, 0));
    set_resolution(c, dots_per_inch);
    check(set_text(c, metadata));
    check(spng_encode_chunks(c));
  }
  void write_chunk(const char (&type)[5], std::string_view data) {
    const auto number = [](std::uint32_t v) {
      return std::array{static_cast<char>(v >> 24), static_cast<char>(v >> 16), static_cast<char>(v >> 8),
                        static_cast<char>(v)};
    };
    const auto bytes = [](const char* text) { return reinterpret_cast<const Bytef*>(text); };
    auto crc = crc32_z(0, bytes(type), 4);
    if (!data.empty()) crc = crc32_z(crc, bytes(data.data()), data.size());  // of a null pointer it is 0
    const auto length = number(static_cast<std::uint32_t>(data.size())),
               sum = number(static_cast<std::uint32_t>(crc));
    out.write_all({length.data(), length.size()});
    out.write_all({type, 4});
    out.write_all(data);
    out.write_all({sum.data(), sum.size()});
  }
};

PngWriter::PngWriter(const fs::path& file, int width, int height, double dots_per_inch, PngEffort effort,
                     const PngMetadata& metadata) {
  if (width < 1 || height < 1)
    geo::fail("cannot write {}: a picture of {} x {} pixels", file.string(), width, height);
  impl_ = std::make_unique<Impl>(file, width, height, effort);
  impl_->begin(dots_per_inch, metadata);
}

PngWriter::~PngWriter() = default;

void PngWriter::write_rows(std::span<const std::uint8_t> rgba) {
  auto& m = *impl_;
  const auto pixels = static_cast<std::size_t>(m.width);
  const auto rows = rgba.size() / (pixels * 4);
  if (rows * pixels * 4 != rgba.size() || m.rows + rows > static_cast<std::size_t>(m.height))
    m.fail(
        fmt::format("{} bytes are not whole rows of the {} still missing", rgba.size(), m.height - m.rows));
  for (const std::string& chunk : m.pixels.compress(rgba)) m.write_chunk("IDAT", chunk);
  m.rows += static_cast<int>(rows);
}

void PngWriter::finish() {
  auto& m = *impl_;
  if (m.rows != m.height) m.fail(fmt::format("{} of {} rows are missing", m.height - m.rows, m.height));
  m.write_chunk("IDAT", m.pixels.end());
  m.write_chunk("IEND", {});
  m.out.finish();
}

void write_png(const fs::path& file, const Image& image, double dots_per_inch, PngEffort effort,
               const PngMetadata& metadata) {
  PngWriter writer(file, image.width, image.height, dots_per_inch, effort, metadata);
  writer.write_rows(image.rgba);
  writer.finish();
}

namespace {

struct Reader {
  File in;
  Context context;
  const fs::path& file;
  explicit Reader(const fs::path& f) : in(std::fopen(f.c_str(), "rb")), context(spng_ctx_new(0)), file(f) {
    if (!in) geo::fail("cannot read {}: {}", f.string(), reason(errno));
    check(spng_set_image_limits(context.get(), 1U << 17, 1U << 17));
    check(spng_set_png_file(context.get(), in.get()));
  }
  void check(int code) const {
    if (code != 0) geo::fail("cannot read {} as a PNG: {}", file.string(), spng_strerror(code));
  }
  spng_ihdr header() const {
    spng_ihdr ihdr{};
    check(spng_get_ihdr(context.get(), &ihdr));
    return ihdr;
  }
};

}  // namespace

Image read_png(const fs::path& file) {
  const Reader reader(file);
  const auto header = reader.header();
  std::size_t size = 0;
  reader.check(spng_decoded_image_size(reader.context.get(), SPNG_FMT_RGBA8, &size));
  Image image(static_cast<int>(header.width), static_cast<int>(header.height));
  reader.check(
      spng_decode_image(reader.context.get(), image.rgba.data(), size, SPNG_FMT_RGBA8, SPNG_DECODE_TRNS));
  return image;
}

PngInfo read_png_info(const fs::path& file) {
  const Reader reader(file);
  const auto header = reader.header();
  PngInfo info{static_cast<int>(header.width), static_cast<int>(header.height), 0, {}};
  reader.check(spng_decode_chunks(reader.context.get()));
  spng_phys phys{};
  if (spng_get_phys(reader.context.get(), &phys) == 0 && phys.unit_specifier == 1)
    info.dots_per_inch = phys.ppu_x * metres_per_inch;
  std::uint32_t count = 0;
  if (spng_get_text(reader.context.get(), nullptr, &count) != 0) return info;
  std::vector<spng_text> texts(count);
  reader.check(spng_get_text(reader.context.get(), texts.data(), &count));
  for (const auto& t : texts) info.metadata.emplace_back(t.keyword, std::string(t.text, t.length));
  return info;
}

}  // namespace battlemap::render
