#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "geo/error.hpp"
#include "geo/mapped_guard.hpp"

namespace battlemap::geo {

/// A pack that cannot be used: damaged, cut off, of another version. Its message names the file and says why.
class PackError : public Error {
 public:
  using Error::Error;
};

/// What a piece of a pack is, and which of several (a level, a detail).
struct PackName {
  std::uint32_t kind = 0;
  std::uint32_t number = 0;
  friend bool operator==(const PackName&, const PackName&) = default;
};

/// The container of packs: named pieces of raw memory in one file, mapped into memory when it is opened.
///
///     header | table of pieces | piece | piece | ...     every piece begins at a multiple of 64 bytes
///
/// Header and every piece carry a checksum (XXH3, 64 bits). The header's is compared at once, a piece's before the piece is
/// handed out for the first time: a picture of a nation needs two thirds of its pack.
/// Numbers are as the machine has them; a pack of a machine with another byte order is of another version.
class PackFile {
 public:
  /// What a file of this kind begins with.
  static constexpr std::string_view magic{"\x93" "BMPACK\n", 8};
  /// Grows whenever what is in a pack, or how it is made, changes: older packs are made anew.
  static constexpr std::uint32_t version = 3;

  /// Throws PackError; a file that is not there is one as well. Thread-safe from then on.
  static std::shared_ptr<const PackFile> open(const std::filesystem::path& file);
  ~PackFile();
  PackFile(const PackFile&) = delete;
  PackFile& operator=(const PackFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::size_t bytes() const { return mapped_.size(); }
  bool has(PackName name) const { return find(name) != nullptr; }
  /// Throws PackError when there is no such piece.
  std::size_t bytes_of(PackName name) const { return entry_of(name).size; }
  /// Throws PackError when there is no such piece, or when its bytes are not what was written.
  std::span<const std::byte> piece(PackName name) const;
  /// Compares the checksums of all pieces, on all cores; throws PackError.
  void check_all() const;
  /// Lets go of the memory of a piece that was only looked through; it comes back from the system's cache when it is read.
  void let_go(PackName name) const;
  /// The piece as an array; throws PackError when its size is no multiple of an element's.
  template <class T>
  std::span<const T> array(PackName name) const {
    const auto raw = piece(name);
    if (raw.size() % sizeof(T) != 0) fail("a piece has an odd size");
    return {reinterpret_cast<const T*>(raw.data()), raw.size() / sizeof(T)};
  }
  [[noreturn]] void fail(const std::string& why) const;

 private:
  struct Entry {
    PackName name;
    std::uint64_t begin = 0, size = 0, checksum = 0;
  };
  friend void write_pack_file(const std::filesystem::path&, std::span<const struct PackPiece>,
                              const std::function<void(double)>&);
  explicit PackFile(std::filesystem::path file) : path_(std::move(file)) {}
  void map();
  void read_table();
  const Entry* find(PackName name) const;
  const Entry& entry_of(PackName name) const;
  std::span<const std::byte> raw(const Entry& entry) const { return mapped_.subspan(entry.begin, entry.size); }
  void check(const Entry& entry) const;

  std::filesystem::path path_;
  std::span<const std::byte> mapped_;
  std::unique_ptr<const MappedGuard> guard_;
  std::span<const Entry> table_;
  struct Checked {
    std::once_flag once;
    bool right = false;  ///< its checksum
  };
  std::unique_ptr<Checked[]> checked_;  ///< of each piece
};

/// A piece to be written; the memory is the caller's.
struct PackPiece {
  PackName name;
  std::span<const std::byte> data;
};
template <class T>
PackPiece pack_piece(PackName name, std::span<const T> data) {
  return {name, std::as_bytes(data)};
}
template <class T>
PackPiece pack_piece(PackName name, const std::vector<T>& data) {
  return pack_piece(name, std::span<const T>(data));
}

/// Writes a pack whole or not at all. Throws WriteError (no room, no right to write there). `progress` gets the share
/// written, 0 to 1.
void write_pack_file(const std::filesystem::path& file, std::span<const PackPiece> pieces,
                     const std::function<void(double)>& progress = {});

}  // namespace battlemap::geo
