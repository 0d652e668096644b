/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/ports/road-port-set.h"
#include "engine/ports/road-port-state.h"

G_BEGIN_DECLS

typedef enum
{
  ROAD_BEFORE, /* the report to compare with, mostly the older one */
  ROAD_AFTER,  /* the report to compare */
} RoadSide;

#define ROAD_N_SIDES (ROAD_AFTER + 1)

typedef enum
{
  ROAD_CHANGE_NONE, /* both scans found the same */
  /* a host answers now and did not before, or a port is open now and was not before */
  ROAD_CHANGE_NEW,
  ROAD_CHANGE_GONE,  /* the opposite */
  ROAD_CHANGE_OTHER, /* another change: a port was closed and is filtered, a host has other ports */
  ROAD_CHANGE_NOT_COMPARED, /* only one of the scans covered it */
} RoadChange;

#define ROAD_N_CHANGES (ROAD_CHANGE_NOT_COMPARED + 1)

/* What a report says about a host. */
typedef enum
{
  ROAD_HOST_NOT_SCANNED,    /* the scan did not cover it, or ended before it was reached */
  ROAD_HOST_WAS_UP,         /* it answered */
  ROAD_HOST_WAS_DOWN,       /* it was down, listed in the report or only counted */
  ROAD_HOST_WAS_SILENT,     /* its ports were scanned, and none answered */
  ROAD_HOST_WAS_NOT_LISTED, /* the report lists only hosts with open ports, and not this one */
} RoadHostFinding;

#define ROAD_N_HOST_FINDINGS (ROAD_HOST_WAS_NOT_LISTED + 1)

/* What a report says about a port. */
typedef enum
{
  ROAD_PORT_NOT_SCANNED, /* the scan did not cover it, or ended before it was reached */
  ROAD_PORT_WAS_OPEN,
  ROAD_PORT_WAS_CLOSED,
  ROAD_PORT_WAS_FILTERED,
  /* closed or filtered: the report lists only open ports, and not this one */
  ROAD_PORT_WAS_NOT_OPEN,
  ROAD_PORT_HOST_WAS_DOWN, /* it would have been scanned if the host had not been down */
} RoadPortVerdict;

#define ROAD_N_PORT_VERDICTS (ROAD_PORT_HOST_WAS_DOWN + 1)

typedef struct
{
  RoadPortVerdict verdict;
  RoadReason reason;       /* %ROAD_REASON_NONE if reasons are not compared */
  RoadAddress reason_from; /* who sent the ICMP error, or %ROAD_ADDRESS_NONE */
} RoadPortFinding;

/* The ports of a host that have changed in the same way. */
typedef struct
{
  RoadChange change;
  RoadPortFinding findings[ROAD_N_SIDES]; /* what each report says about the ports */
  gboolean other_versions;                /* whether the versions of the services differ */
  RoadPortSet *ports;                     /* at least one */
} RoadPortChange;

/* What counts as a difference. */
typedef enum
{
  ROAD_COMPARE_FLAGS_NONE = 0,   /* differences of host states, port states and versions */
  ROAD_COMPARE_OPEN = 1 << 0,    /* treat closed and filtered as equal */
  ROAD_COMPARE_REASONS = 1 << 1, /* another reason for the same state is a difference, too */
} RoadCompareFlags;

const char *road_change_to_string (RoadChange change);
char road_change_get_mark (RoadChange change);
const char *road_host_finding_to_string (RoadHostFinding finding);
const char *road_port_verdict_to_string (RoadPortVerdict verdict);
RoadChange road_host_finding_compare (RoadHostFinding before, RoadHostFinding after);
RoadChange road_port_finding_compare (const RoadPortFinding *before,
                                      const RoadPortFinding *after,
                                      RoadCompareFlags flags);

G_END_DECLS
