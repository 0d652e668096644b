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
  /* both scans found the same */
  ROAD_CHANGE_NONE, /*< nick=unchanged >*/
  /* a host answers now and did not before, or a port is open now and was not before */
  ROAD_CHANGE_NEW,
  /* the opposite */
  ROAD_CHANGE_GONE,
  /* another change: a port was closed and is filtered, a host has other ports */
  ROAD_CHANGE_OTHER, /*< nick=changed >*/
  /* only one of the scans covered it */
  ROAD_CHANGE_NOT_COMPARED,
} RoadChange;

#define ROAD_N_CHANGES (ROAD_CHANGE_NOT_COMPARED + 1)

/* What a report says about a host. */
typedef enum
{
  /* the scan did not cover it, or ended before it was reached */
  ROAD_HOST_NOT_SCANNED, /*< nick=not-scanned >*/
  /* it answered */
  ROAD_HOST_WAS_UP, /*< nick=up >*/
  /* it was down, listed in the report or only counted */
  ROAD_HOST_WAS_DOWN, /*< nick=down >*/
  /* its ports were scanned, and none answered */
  ROAD_HOST_WAS_SILENT, /*< nick=no-answer >*/
  /* the report lists only hosts with open ports, and not this one */
  ROAD_HOST_WAS_NOT_LISTED, /*< nick=none-open >*/
} RoadHostFinding;

#define ROAD_N_HOST_FINDINGS (ROAD_HOST_WAS_NOT_LISTED + 1)

/* What a report says about a port. */
typedef enum
{
  /* the scan did not cover it, or ended before it was reached */
  ROAD_PORT_NOT_SCANNED,  /*< nick=not-scanned >*/
  ROAD_PORT_WAS_OPEN,     /*< nick=open >*/
  ROAD_PORT_WAS_CLOSED,   /*< nick=closed >*/
  ROAD_PORT_WAS_FILTERED, /*< nick=filtered >*/
  /* closed or filtered: the report lists only open ports, and not this one */
  ROAD_PORT_WAS_NOT_OPEN, /*< nick=not-open >*/
  /* it would have been scanned if the host had not been down */
  ROAD_PORT_HOST_WAS_DOWN, /*< nick=host-down >*/
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
typedef enum /*< skip >*/
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
