/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "formats/road-format.h"

G_BEGIN_DECLS

/**
 * RoadCliOutput:
 * @file: (nullable): where to, or %NULL for stdout
 * @format: how
 *
 * One output of a scan or a comparison.
 */
typedef struct
{
  GFile *file;
  RoadFormat format;
} RoadCliOutput;

/**
 * RoadCliOutputNames:
 * @files: files whose suffix tells the format
 * @text_files: files as nmap's -oN names them
 * @xml_files: files as nmap's -oX names them
 * @grepable_files: files as nmap's -oG names them
 * @base_names: names without suffix, as nmap's -oA has them
 * @formats: the name of the format where a suffix does not tell it; only one is right
 *
 * What the command line says about where the report goes. Each can be %NULL, and “-” in place of a
 * file is standard output.
 */
typedef struct
{
  char **files;
  char **text_files;
  char **xml_files;
  char **grepable_files;
  char **base_names;
  char **formats;
} RoadCliOutputNames;

void road_cli_output_names_clear (RoadCliOutputNames *names);
GArray *road_cli_outputs_new (const RoadCliOutputNames *names, gboolean quiet, GError **error);
gboolean road_cli_outputs_check (GArray *self, GError **error);

G_END_DECLS
