#include "geo/pack_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "geo/parallel.hpp"
#include "geo/whole_file.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t alignment = 64;
constexpr std::size_t checked_together = std::size_t{4} << 20;  ///< bytes whose checksum one thread computes at a time
constexpr std::size_t written_together = std::size_t{8} << 20;
constexpr std::uint32_t byte_order = 0x01020304;
constexpr std::uint32_t most_pieces = 4096;

struct Header {
  char magic[8] = {};
  std::uint32_t version = 0;
  std::uint32_t order = 0;
  std::uint64_t bytes = 0;     ///< of the whole file
  std::uint64_t checksum = 0;  ///< of header and table, this field being 0
  std::uint32_t pieces = 0;
  std::uint32_t unused = 0;
};
static_assert(sizeof(Header) == 40);

std::size_t aligned(std::size_t at) { return (at + alignment - 1) / alignment * alignment; }

std::size_t blocks_of(std::size_t bytes) { return (bytes + checked_together - 1) / checked_together; }

/// Advice about the whole pages within some mapped bytes.
void advise(std::span<const std::byte> mapped, int advice) {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = (reinterpret_cast<std::uintptr_t>(mapped.data()) + page - 1) / page * page;
  const auto end = reinterpret_cast<std::uintptr_t>(mapped.data() + mapped.size()) / page * page;
  if (begin < end) ::madvise(reinterpret_cast<void*>(begin), end - begin, advice);
}

/// Of pieces: the checksum of the checksums of their blocks, which all cores compute.
std::vector<std::uint64_t> checksums_of(std::span<const std::span<const std::byte>> pieces) {
  std::vector<std::size_t> first{0};
  for (const auto& piece : pieces) first.push_back(first.back() + blocks_of(piece.size()));
  std::vector<std::uint64_t> blocks(first.back());
  parallel_jobs(static_cast<int>(blocks.size()), 0, [&](int job) {
    const auto block = static_cast<std::size_t>(job);
    const auto piece = static_cast<std::size_t>(std::upper_bound(first.begin(), first.end(), block) - first.begin()) - 1;
    const auto data = pieces[piece].subspan((block - first[piece]) * checked_together);
    const auto part = data.first(std::min(checked_together, data.size()));
    blocks[block] = XXH3_64bits(part.data(), part.size());
  });
  std::vector<std::uint64_t> sums;
  for (std::size_t i = 0; i < pieces.size(); ++i)
    sums.push_back(XXH3_64bits(blocks.data() + first[i], (first[i + 1] - first[i]) * sizeof(std::uint64_t)));
  return sums;
}

std::uint64_t head_checksum(Header header, std::span<const std::byte> table) {
  header.checksum = 0;
  return XXH3_64bits_withSeed(table.data(), table.size(), XXH3_64bits(&header, sizeof header));
}

std::string reason_of(int error) { return std::generic_category().message(error); }

void write_some(WholeFile& out, const void* data, std::size_t bytes) {
  if (!out.write(data, bytes)) out.fail(reason_of(errno));
}

}  // namespace

void PackFile::fail(const std::string& why) const { throw PackError(fmt::format("{}: {}", path_.string(), why)); }

std::shared_ptr<const PackFile> PackFile::open(const std::filesystem::path& file) {
  const std::shared_ptr<PackFile> pack(new PackFile(file));
  pack->map();
  pack->read_table();
  return pack;
}

PackFile::~PackFile() {
  guard_.reset();
  if (!mapped_.empty()) ::munmap(const_cast<std::byte*>(mapped_.data()), mapped_.size());
}

void PackFile::map() {
  const int descriptor = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail(reason_of(errno));
  struct stat facts {};
  const bool regular = ::fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode);
  const auto size = regular ? static_cast<std::size_t>(facts.st_size) : 0;
  void* memory = size >= sizeof(Header) ? ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0) : MAP_FAILED;
  const int error = errno;
  ::close(descriptor);
  if (size < sizeof(Header)) fail("is no pack: too short");
  if (memory == MAP_FAILED) fail("cannot be mapped into memory: " + reason_of(error));
  mapped_ = {static_cast<const std::byte*>(memory), size};
  guard_ = std::make_unique<const MappedGuard>(mapped_, path_.string());
}

void PackFile::read_table() {
  Header header;
  std::memcpy(&header, mapped_.data(), sizeof header);
  if (std::string_view(header.magic, sizeof header.magic) != magic) fail("is no pack");
  if (header.version != version || header.order != byte_order)
    fail(fmt::format("is a pack of version {}, this program makes and reads version {}", header.version, version));
  if (header.bytes != mapped_.size())
    fail(fmt::format("should be {} bytes long and is {}: it was cut off or something was added", header.bytes, mapped_.size()));
  const std::size_t table_bytes = std::size_t{header.pieces} * sizeof(Entry);
  if (header.pieces > most_pieces || sizeof header + table_bytes > mapped_.size()) fail("is damaged: its table is too long");
  const auto table = mapped_.subspan(sizeof header, table_bytes);
  if (head_checksum(header, table) != header.checksum) fail("is damaged: its table is not what was written");
  table_ = {reinterpret_cast<const Entry*>(table.data()), header.pieces};
  for (const Entry& entry : table_)
    if (entry.begin % alignment != 0 || entry.begin > mapped_.size() || entry.size > mapped_.size() - entry.begin)
      fail("is damaged: a piece lies outside");
  checked_ = std::make_unique<Checked[]>(table_.size());
}

void PackFile::check(const Entry& entry) const {
  Checked& checked = checked_[static_cast<std::size_t>(&entry - table_.data())];
  std::call_once(checked.once, [&] {  // which throws nothing: not every implementation can be left so
    const std::span<const std::byte> bytes = raw(entry);
    checked.right = checksums_of({&bytes, 1}).front() == entry.checksum;
  });
  if (!checked.right) fail("is damaged: its bytes are not what was written");
}

void PackFile::check_all() const {
  for (const Entry& entry : table_) check(entry);
}

const PackFile::Entry* PackFile::find(PackName name) const {
  const auto at = std::find_if(table_.begin(), table_.end(), [&](const Entry& entry) { return entry.name == name; });
  return at == table_.end() ? nullptr : &*at;
}

const PackFile::Entry& PackFile::entry_of(PackName name) const {
  if (const Entry* entry = find(name)) return *entry;
  fail(fmt::format("lacks piece {}.{}", name.kind, name.number));
}

std::span<const std::byte> PackFile::piece(PackName name) const {
  const Entry& entry = entry_of(name);
  check(entry);
  return raw(entry);
}

void PackFile::let_go(PackName name) const {
  if (const Entry* entry = find(name)) advise(raw(*entry), MADV_DONTNEED);
}

void write_pack_file(const std::filesystem::path& file, std::span<const PackPiece> pieces,
                     const std::function<void(double)>& progress) {
  std::vector<std::span<const std::byte>> data;
  for (const PackPiece& piece : pieces) data.push_back(piece.data);
  const std::vector<std::uint64_t> sums = checksums_of(data);
  std::vector<PackFile::Entry> table;
  std::size_t at = sizeof(Header) + pieces.size() * sizeof(PackFile::Entry);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    table.push_back({pieces[i].name, aligned(at), data[i].size(), sums[i]});
    at = aligned(at) + data[i].size();
  }
  Header header;
  PackFile::magic.copy(header.magic, sizeof header.magic);
  header.version = PackFile::version, header.order = byte_order;
  header.bytes = at, header.pieces = static_cast<std::uint32_t>(table.size());
  header.checksum = head_checksum(header, std::as_bytes(std::span(table)));
  WholeFile out(file);
  write_some(out, &header, sizeof header);
  write_some(out, table.data(), table.size() * sizeof table[0]);
  std::size_t written = sizeof header + table.size() * sizeof table[0];
  constexpr std::byte nothing[alignment]{};
  for (std::size_t i = 0; i < data.size(); ++i) {
    write_some(out, nothing, table[i].begin - written);
    for (std::size_t k = 0; k < data[i].size(); k += written_together) {
      write_some(out, data[i].data() + k, std::min(written_together, data[i].size() - k));
      if (progress) progress(static_cast<double>(table[i].begin + k) / static_cast<double>(at));
    }
    written = table[i].begin + table[i].size;
  }
  out.finish();
}

}  // namespace battlemap::geo
