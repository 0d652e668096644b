/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-identify.h"
#include "road-timing.h"
#include "engine/base/road-shard.h"
#include "engine/ports/road-port-set.h"
#include "engine/targets/road-family.h"
#include "engine/targets/road-target-spec.h"

G_BEGIN_DECLS

/* All settings of a scan. A reference-counted, immutable value: road_profile_copy() makes one that differs.
 *
 * To add a setting, add a field here and a line to the table in road-profile.c. */
typedef struct
{
  char *name;              /* the user's name for it; empty if it was made for a single scan */
  char *description;       /* what it is good for, in a sentence, or empty */
  RoadTargetSpec *targets; /* (nullable): what is scanned if the user gives no targets */
  /* the ports to scan, @exclude_ports included; if empty, a scan only finds out which hosts are up */
  RoadPortSet *ports;
  RoadPortSet *exclude_ports;      /* (nullable): ports never to scan */
  RoadTargetSpec *exclude_targets; /* (nullable): targets never to scan */
  RoadFamily family;               /* which addresses of a name are scanned */
  gboolean resolve_all;  /* whether all addresses of a name are scanned, not only the first */
  gboolean discovery;    /* whether hosts that do not answer are skipped */
  gboolean reverse_dns;  /* whether the names of addresses are looked up */
  gboolean open_only;    /* whether only open ports are listed */
  gboolean list_down;    /* whether hosts that are down are listed, not only counted */
  RoadIdentify identify; /* how to find out what answers on open ports */
  RoadTiming timing;     /* the pace where the numbers below are automatic */
  guint max_parallelism; /* the maximum number of connects in flight; 0 is automatic */
  guint max_rate;        /* the maximum number of connects per second; 0 is automatic */
  guint timeout;         /* how long a probe waits for an answer, in ms; 0 is automatic */
  guint host_timeout; /* how long a host is scanned before it is given up, in ms; 0 is no limit */
  RoadShard shard;    /* which part of the scan this is, if several machines share it */
  int max_retries;    /* how often a silent port is probed again; -1 is automatic */
} RoadProfile;

RoadProfile *road_profile_new (const char *first_setting, ...);
RoadProfile *
road_profile_copy (RoadProfile *self, const char *first_setting, ...) G_GNUC_NULL_TERMINATED;
RoadProfile *road_profile_ref (RoadProfile *self);
void road_profile_unref (RoadProfile *self);
RoadProfile *road_profile_add_ports_of (RoadProfile *self, RoadTargetSpec *targets);
RoadPortSet *road_profile_dup_scanned_ports (RoadProfile *self);
gboolean road_profile_get_only_discovers (RoadProfile *self);
gboolean road_profile_check (RoadProfile *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadProfile, road_profile_unref)

G_END_DECLS
