/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "formats/road-format.h"

G_BEGIN_DECLS

/* An output of a scan or a comparison. */
typedef struct
{
  GFile *file;    /* (nullable): the file, or %NULL for standard output */
  char *argument; /* what the user typed, or the file's name */
  RoadFormat format;
} RoadCliOutput;

/* The outputs on the command line. Each may be %NULL; the file “-” is standard output. */
typedef struct
{
  char **files;          /* files whose suffix tells the format */
  char **text_files;     /* files of nmap's -oN */
  char **xml_files;      /* files of nmap's -oX */
  char **grepable_files; /* files of nmap's -oG */
  char **base_names;     /* names without suffix, of nmap's -oA */
  char **formats;        /* the format if a suffix does not tell it; only one is allowed */
} RoadCliOutputNames;

void road_cli_output_names_clear (RoadCliOutputNames *names);
GArray *road_cli_outputs_new (const RoadCliOutputNames *names, gboolean quiet, GError **error);
GArray *road_cli_outputs_new_empty (void);
GOutputStream *road_cli_outputs_open_stdout (void);
gboolean road_cli_outputs_fail_stdout (GError *reason, GError **error);
void road_cli_outputs_add_uri (GArray *self, const char *uri, RoadFormat format);
gboolean road_cli_output_write (const RoadCliOutput *output,
                                RoadReport *report,
                                RoadFormatFlags flags,
                                GError **error);
gboolean road_cli_outputs_check (GArray *self, GError **error);

G_END_DECLS
