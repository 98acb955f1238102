#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "geo/project.hpp"
#include "geo/toml_reader.hpp"

namespace battlemap::geo {

/// Key `dataset` of a source: a path resolved against the project's folder, or a connection string.
std::string read_dataset(const TomlTable& table, const std::filesystem::path& folder);
/// The name of a field; Error when it is empty.
std::string read_field(const TomlTable& table, std::string_view key, std::string_view fallback);
Provenance read_provenance(const TomlTable& table);
Datum read_datum(const TomlTable& table);
/// Key `encoding` of a source; nullopt: to be found.
std::optional<Encoding> read_encoding(const TomlTable& table);

/// One [[records]] table.
RecordSource read_record_source(const TomlTable& table, const std::filesystem::path& folder);

}  // namespace battlemap::geo
