/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz-reader.h"

/* A report in JSON. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  check_reading ((const char *) data, size);

  return 0;
}
