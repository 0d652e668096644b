/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-profile.h"

#define TEXT_OF(spec, type) ((spec) != NULL ? road_##type##_get_text (spec) : NULL)

static inline void
assert_same_profile (RoadProfile *a, RoadProfile *b)
{
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpstr (a->description, ==, b->description);
  g_assert_cmpstr (TEXT_OF (a->targets, target_spec), ==, TEXT_OF (b->targets, target_spec));
  g_assert_cmpstr (TEXT_OF (a->ports, port_set), ==, TEXT_OF (b->ports, port_set));
  g_assert_cmpstr (TEXT_OF (a->exclude_ports, port_set), ==, TEXT_OF (b->exclude_ports, port_set));
  g_assert_cmpstr (TEXT_OF (a->exclude_targets, target_spec), ==,
                   TEXT_OF (b->exclude_targets, target_spec));
  g_assert_cmpint (a->family, ==, b->family);
  g_assert_cmpint (a->discovery, ==, b->discovery);
  g_assert_cmpint (a->reverse_dns, ==, b->reverse_dns);
  g_assert_cmpint (a->open_only, ==, b->open_only);
  g_assert_cmpint (a->list_down, ==, b->list_down);
  g_assert_cmpint (a->identify, ==, b->identify);
  g_assert_cmpint (a->timing, ==, b->timing);
  g_assert_cmpuint (a->max_parallelism, ==, b->max_parallelism);
  g_assert_cmpuint (a->max_rate, ==, b->max_rate);
  g_assert_cmpuint (a->timeout, ==, b->timeout);
  g_assert_cmpuint (a->host_timeout, ==, b->host_timeout);
  g_assert_cmpint (a->resolve_all, ==, b->resolve_all);
  g_assert_cmpuint (a->shard.number, ==, b->shard.number);
  g_assert_cmpuint (a->shard.n, ==, b->shard.n);
  g_assert_cmpint (a->max_retries, ==, b->max_retries);
}
