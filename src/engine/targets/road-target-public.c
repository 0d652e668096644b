/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-count.h"
#include "road-target-spec-private.h"

/* What no stranger's computer can have: IANA's special-purpose addresses (RFC 6890 and its successors).
 * IPv4: this network, private, shared by carriers (CGNAT), loopback, link-local, protocol assignments,
 * documentation, benchmarks, multicast, reserved. IPv6: all but 2000::/3, and of that documentation and
 * benchmarks. Zoned addresses are counted apart, as they are link-local. */
#define NOT_PUBLIC                                                                                 \
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "      \
  "192.0.2.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3 "          \
  "::/3 2001:2::/48 2001:db8::/32 3fff::/20 4000::/2 8000::/1"

static void
append_items (GArray *all, RoadTargetSpec *spec)
{
  guint n_items;
  const RoadTargetItem *items = road_target_spec_get_items (spec, &n_items);

  for (guint i = 0; i < n_items; i++)
    {
      const gboolean is_zoned =
          items[i].kind == ROAD_TARGET_RANGE && items[i].u.range.first.scope_id != 0;

      if (items[i].kind != ROAD_TARGET_NAME && !is_zoned)
        g_array_append_val (all, items[i]);
    }
}

/**
 * road_target_spec_count_public:
 * @excludes: (nullable): what is not scanned
 *
 * Counts the addresses that anybody in the internet could have, each once, without listing them. Names are
 * not resolved and not counted.
 *
 * Returns: the number, saturated at %G_MAXUINT64
 */
guint64
road_target_spec_count_public (RoadTargetSpec *self, RoadTargetSpec *excludes)
{
  g_autoptr (RoadTargetSpec) reserved = NULL;
  g_autoptr (GArray) given = NULL;
  g_autoptr (GArray) excluded = NULL;
  guint64 n_left, n_excluded;

  g_return_val_if_fail (self != NULL, 0);

  reserved = road_target_spec_parse (NOT_PUBLIC, NULL);
  given = g_array_new (FALSE, FALSE, sizeof (RoadTargetItem));
  excluded = g_array_new (FALSE, FALSE, sizeof (RoadTargetItem));
  append_items (given, self);
  append_items (excluded, reserved);
  if (excludes != NULL)
    append_items (excluded, excludes);
  road_target_count (given, excluded, &n_left, &n_excluded);

  return n_left;
}
