#pragma once
#include <gdal_priv.h>

#include <optional>
#include <string>

#include "geo/text_encoding.hpp"

namespace battlemap::geo {

// Included by .cpp files of geo only: it names GDAL's own types.

/// GDAL's messages become ours instead of lines on stderr.
class QuietGdal {
 public:
  QuietGdal();
  ~QuietGdal();
  QuietGdal(const QuietGdal&) = delete;
  QuietGdal& operator=(const QuietGdal&) = delete;
};

struct OpenedVectors {
  GDALDatasetUniquePtr dataset;
  std::optional<EncodingGuess> encoding;  ///< of a dBASE table (.dbf, .shp) that does not say its own
};

/// Opens what a project names, which may come from anybody: a plain file (or a .gdb folder), one inside a
/// local zip, gzip or tar archive, and only by the drivers that divisions and tables need. Refused are pipes,
/// devices and other folders, GDAL's other virtual file systems, drivers that open what their file names
/// (VRT) or speak to servers. `network` (the source's key) also allows /vsicurl/ and its kin and PostgreSQL
/// and MySQL. The texts of a shapefile without .cpg are taken for what all of them look like (GDAL would
/// call them ISO 8859-1), or for `stated`. Throws Error: what is wrong with it and what to do.
OpenedVectors open_vectors(const std::string& dataset, bool network,
                           std::optional<Encoding> stated = std::nullopt);

/// Throws Error unless `dataset` is something that open_vectors would try; reads nothing.
void require_openable(const std::string& dataset, bool network);

}  // namespace battlemap::geo
