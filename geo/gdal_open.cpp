#include "geo/gdal_open.hpp"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <vector>

#include "geo/error.hpp"
#include "geo/timeline.hpp"

namespace battlemap::geo {
namespace {

namespace fs = std::filesystem;

constexpr std::array file_drivers{
    "ESRI Shapefile", "MapInfo File", "GeoJSON", "GeoJSONSeq", "TopoJSON", "GPKG", "FlatGeobuf",
    "OpenFileGDB",    "KML",          "LIBKML",  "CSV",        "XLSX",     "XLS",  "ODS"};
constexpr std::array server_drivers{"PostgreSQL", "MySQL"};
constexpr std::array<std::string_view, 2> server_prefixes{"pg:", "mysql:"};
constexpr std::array<std::string_view, 3> archives{"/vsizip/", "/vsigzip/", "/vsitar/"};
constexpr std::array<std::string_view, 9> network_file_systems{
    "/vsicurl", "/vsis3", "/vsigs", "/vsiaz", "/vsiadls", "/vsioss", "/vsiswift", "/vsiwebhdfs", "/vsihdfs"};
constexpr std::array<std::string_view, 7> network_schemes{
    "http:", "https:", "ftp:", "s3:", "gs:", "az:", "postgresql:"};

std::string lower_ascii(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

/// Once in a process, before any driver opens anything.
void prepare_gdal() {
  [[maybe_unused]] static const bool done = [] {
    // No driver of ours opens what its file names, but should one try: no address ends like this.
    CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".battlemap-reads-no-network");
    // A database could hold a virtual table that opens any other file through GDAL.
    CPLSetConfigOption("OGR_SQLITE_STATIC_VIRTUAL_OGR", "NO");
    // No GeoPackage needs it to be read or written, and it changes the process's locale, which other threads are reading.
    CPLSetConfigOption("SPATIALITE_LOAD", "NO");
    timed("register drivers", [] { GDALAllRegister(); });
    return true;
  }();
}

/// Where in the text something reaches the network; anywhere: "/vsizip//vsicurl/..." and "CSV:http://..." do.
std::optional<std::string_view> network_part(const std::string& dataset) {
  const std::string text = lower_ascii(dataset);
  for (const std::string_view part : network_file_systems)
    if (text.find(part) != std::string::npos) return part;
  for (const std::string_view scheme : network_schemes)
    if (text.find(std::string(scheme) + "//") != std::string::npos) return scheme;
  for (const std::string_view prefix : server_prefixes)
    if (text.starts_with(prefix)) return prefix;
  return std::nullopt;
}

const char* kind_of(fs::file_type type) {
  switch (type) {
    case fs::file_type::fifo:
      return "a pipe";
    case fs::file_type::character:
    case fs::file_type::block:
      return "a device";
    case fs::file_type::socket:
      return "a socket";
    default:
      return "no regular file";
  }
}

std::string some_files_in(const fs::path& folder) {
  constexpr std::size_t most = 5;
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  std::string text;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i) text += (i == 0 ? " (" : ", ") + names[i];
  return text.empty() ? "" : text + (names.size() > most ? ", ...)" : ")");
}

/// Drivers open what stands beside a file (a shapefile's .dbf) and in a folder (.gdb), too.
void require_plain(const fs::path& folder, const std::string& stem) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (!entry.path().filename().string().starts_with(stem)) continue;
    const fs::file_type type = fs::status(entry.path(), ignored).type();
    if (type == fs::file_type::fifo || type == fs::file_type::character || type == fs::file_type::block ||
        type == fs::file_type::socket)
      fail("{}: is {}, not a file, and would be read with its neighbours; delete it", entry.path().string(),
           kind_of(type));
  }
}

/// A pipe would wait for ever and a device never end: neither is even opened.
void require_file(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found)
    fail("{}: no such file; when battlemap demo makes it, run that first", path);
  if (error) fail("{}: cannot be read: {}", path, error.message());
  if (fs::is_directory(status)) {
    if (lower_ascii(path).ends_with(".gdb")) return require_plain(path, "");
    fail("{}: is a folder; name one of its files{}", path, some_files_in(path));
  }
  if (!fs::is_regular_file(status))
    fail("{}: is {}, not a file; save the data as a file and name that", path, kind_of(status.type()));
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) fail("{}: cannot be read: {}; check its permissions", path, std::strerror(errno));
  close(file);
  require_plain(fs::path(path).has_parent_path() ? fs::path(path).parent_path() : ".", fs::path(path).stem().string() + ".");
  if (fs::file_size(path, error) == 0) fail("{}: the file is empty; a table needs a header line", path);
}

/// "/vsizip/data/a.zip/counties.shp": some beginning of the path must be a file.
void require_archive(const std::string& dataset, std::string_view prefix) {
  std::string path = dataset.substr(prefix.size());
  if (path.find("/vsi") != std::string::npos)
    fail("{}: an archive inside another is not opened; unpack it beside the project", dataset);
  std::erase_if(path, [](char c) { return c == '{' || c == '}'; });
  std::error_code ignored;
  for (fs::path at = path; !at.empty() && at != at.parent_path(); at = at.parent_path())
    if (fs::is_regular_file(at, ignored)) return require_file(at.string());
  fail("{}: no such archive", dataset);
}

std::vector<const char*> drivers_for(bool network) {
  std::vector<const char*> names(file_drivers.begin(), file_drivers.end());
  if (network) names.insert(names.end(), server_drivers.begin(), server_drivers.end());
  names.push_back(nullptr);
  return names;
}

std::string first_bytes(const std::string& path) {
  constexpr std::size_t enough = 512;
  std::string head(enough, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), enough);
  head.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return lower_ascii(head);
}

/// Why no driver took it, as far as it can be told from its first bytes.
std::string why_not(const std::string& dataset) {
  const std::string said = CPLGetLastErrorMsg();
  std::error_code ignored;
  const std::string head = fs::is_regular_file(dataset, ignored) ? first_bytes(dataset) : "";
  if (head.find("<html") != std::string::npos || head.find("<table") != std::string::npos)
    return "it is a web page, whatever its name says; open it in a spreadsheet program and save it as .xlsx";
  const std::string name = lower_ascii(dataset);
  if (head.starts_with("pk\x03\x04") && name.ends_with(".zip"))
    return fmt::format("it is an archive; name the file in it: /vsizip/{}/NAME.shp", dataset);
  if (name.ends_with(".shp") && (said.find(".shx") != std::string::npos || said.find(".SHX") != std::string::npos))
    return "its .shx is missing; a shapefile is several files (.shp .shx .dbf .prj .cpg): copy all of them";
  GDALDriver* driver =
      GDALDriver::FromHandle(GDALIdentifyDriverEx(dataset.c_str(), GDAL_OF_VECTOR, nullptr, nullptr));
  if (driver != nullptr && std::none_of(file_drivers.begin(), file_drivers.end(), [&](const char* allowed) {
        return std::strcmp(allowed, driver->GetDescription()) == 0;
      }))
    return fmt::format(
        "files of the kind {} are not opened from a project; convert it, for instance with "
        "ogr2ogr -f GPKG new.gpkg OLD",
        driver->GetDescription());
  return said.empty() ? "no driver recognises it" : said;
}

struct CloseFile {
  void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};
using OpenFile = std::unique_ptr<VSILFILE, CloseFile>;

/// The names of a .dbf's columns and its records: all in it that is text.
EncodingGuess guess_dbase(VSILFILE* file) {
  constexpr std::size_t descriptor = 32, name_bytes = 11;
  EncodingDetector detector;
  std::array<char, descriptor> head{};
  VSIFReadL(head.data(), 1, head.size(), file);
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(head[i]); };
  const std::size_t header_bytes = byte(8) + 256U * byte(9);
  for (std::size_t at = descriptor; at + descriptor <= header_bytes; at += descriptor) {
    if (VSIFReadL(head.data(), 1, head.size(), file) != head.size()) break;
    detector.add(std::string(head.data(), strnlen(head.data(), name_bytes)) + "\n");
  }
  VSIFSeekL(file, header_bytes, SEEK_SET);
  std::vector<char> piece(1U << 16U);
  while (const std::size_t count = VSIFReadL(piece.data(), 1, piece.size(), file))
    detector.add({piece.data(), count});
  return detector.guess();
}

/// Nothing where the encoding need not or cannot be told: then GDAL decides.
std::optional<EncodingGuess> dbase_encoding(const std::string& dataset, std::optional<Encoding> stated) {
  const std::string name = lower_ascii(dataset);
  if (!name.ends_with(".shp") && !name.ends_with(".dbf")) return std::nullopt;
  if (stated) {
    EncodingGuess guess;
    guess.encoding = *stated, guess.stated = true;
    return guess;
  }
  const std::string stem = dataset.substr(0, dataset.size() - 4);
  VSIStatBufL ignored;
  for (const char* ending : {".cpg", ".CPG"})
    if (VSIStatL((stem + ending).c_str(), &ignored) == 0) return std::nullopt;
  for (const char* ending : {".dbf", ".DBF"})
    if (const OpenFile file{VSIFOpenL((stem + ending).c_str(), "rb")}) {
      const EncodingGuess guess = guess_dbase(file.get());
      constexpr double enough = 0.5;
      if (guess.plain_ascii || guess.confidence < enough) return std::nullopt;
      return guess;
    }
  return std::nullopt;
}

}  // namespace

QuietGdal::QuietGdal() {
  CPLErrorReset();
  CPLPushErrorHandler(CPLQuietErrorHandler);
}
QuietGdal::~QuietGdal() {
  CPLPopErrorHandler();
}

void require_openable(const std::string& dataset, bool network) {
  if (const auto part = network_part(dataset)) {
    if (network) return;
    fail(
        "{}: reading over the network ({}) is not allowed; copy the file beside the project, or set "
        "network = true in this source's table of the project file",
        dataset, *part);
  }
  if (dataset.starts_with("/vsi")) {
    for (const std::string_view prefix : archives)
      if (dataset.starts_with(prefix)) return require_archive(dataset, prefix);
    fail(
        "{}: of GDAL's virtual file systems only /vsizip/, /vsigzip/ and /vsitar/ are allowed; copy the "
        "file beside the project",
        dataset);
  }
  require_file(dataset);
}

OpenedVectors open_vectors(const std::string& dataset, bool network, std::optional<Encoding> stated) {
  const Measure measure("open");
  prepare_gdal();
  require_openable(dataset, network);
  if (network) CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", nullptr);
  OpenedVectors opened;
  opened.encoding = dbase_encoding(dataset, stated);
  CPLStringList options;
  if (opened.encoding)
    options.SetNameValue("ENCODING", std::string(encoding_name(opened.encoding->encoding)).c_str());
  const std::vector<const char*> drivers = drivers_for(network);
  CPLErrorReset();
  opened.dataset.reset(
      GDALDataset::Open(dataset.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers.data(), options.List()));
  if (!opened.dataset) fail("{}: cannot be opened: {}", dataset, why_not(dataset));
  CPLErrorReset();
  return opened;
}

}  // namespace battlemap::geo
