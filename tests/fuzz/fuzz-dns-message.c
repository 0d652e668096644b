/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "engine/who/road-dns-message.h"

/* The answer of a machine of the network; the fuzzer need not guess the number of the question. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint16 id = size >= 2 ? (guint16) (data[0] << 8 | data[1]) : 0;
  g_autofree char *name = road_dns_read_answer (data, size, id, "2.0.77.10.in-addr.arpa");

  if (name != NULL)
    {
      assert_printable (name);
      g_assert_cmpuint (strlen (name), <, 256);
      g_assert_true (g_str_has_suffix (name, ".local"));
    }

  return 0;
}
