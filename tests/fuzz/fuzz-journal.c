/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "store/journal/road-interrupted-scan.h"

static char *path;

/* Reads the file as the start page and --resume do. What can be read can be continued. */
static void
read_journal (void)
{
  g_autoptr (RoadInterruptedScan) interrupted = road_interrupted_scan_open (path, NULL);
  g_autoptr (RoadScan) scan = NULL;

  if (interrupted != NULL)
    scan = road_interrupted_scan_continue (interrupted, NULL);
}

/* The records of a journal: the first two bytes of each are its length, the next its kind. Their checksums are made
 * here, since no fuzzer finds them. */
static void
write_records (const guint8 *data, gsize size)
{
  static const char *const types[] = {
    "(yv)",
    "(sssta(ss)us)",
    "(asa((uuuuuu)tuuuuqqu)a((uuuuuu)uuqqqq)a(ssayaq)a(sasas))",
    "aay",
    "d",
    "s",
    "(aya(ss))",
    "(ayqyssssa(ss))",
  };
  g_autoptr (RoadJournalFile) file = road_journal_file_create (path, NULL);
  g_autoptr (GByteArray) records = g_byte_array_new ();
  gsize position = 0;

  while (position + 3 < size)
    {
      const gsize length =
          MIN (data[position] + 256 * (gsize) data[position + 1], size - position - 3);
      const guint kind = data[position + 2] % G_N_ELEMENTS (types);
      g_autoptr (GBytes) bytes = g_bytes_new (data + position + 3, length);
      g_autoptr (GVariant) content = g_variant_ref_sink (
          g_variant_new_from_bytes (G_VARIANT_TYPE (types[kind]), bytes, FALSE));
      g_autoptr (GVariant) normal = g_variant_get_normal_form (content);

      road_journal_file_add (records, g_variant_new ("(yv)", (guchar) kind, normal));
      position += 3 + length;
    }

  if (file != NULL)
    road_journal_file_append (file, records, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (path == NULL)
    path = g_strdup_printf ("%s/roadstead-fuzz-%d.journal", g_get_tmp_dir (), (int) getpid ());

  /* First as the file itself, then as the records of one. */
  g_file_set_contents_full (path, (const char *) data, (gssize) size, G_FILE_SET_CONTENTS_NONE,
                            0600, NULL);
  read_journal ();
  g_unlink (path);

  write_records (data, size);
  read_journal ();
  g_unlink (path);

  return 0;
}
