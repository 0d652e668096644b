/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/targets/road-target-cover.h"
#include "road-map-model.h"

G_BEGIN_DECLS

/* A network of 256 addresses. */
typedef struct
{
  RoadAddress address; /* the first */
  gboolean known;      /* whether the next two are set */
  RoadOctetSet asked;
  RoadOctetSet excluded;
} RoadMapNetwork;

/* A host that is in no network; its address is not known as long as its name is not resolved. */
typedef struct
{
  RoadAddress address;
  char *name;     /* (nullable): what the user typed */
  RoadHost *host; /* (nullable) */
} RoadMapSingle;

/* A host whose results may still change, and how it was counted. */
typedef struct
{
  RoadHost *host;
  gboolean up;
  guint n_open;
} RoadMapActive;

struct _RoadMapModel
{
  GObject parent_instance;

  RoadReport *report;
  RoadTargetCover *cover;
  gboolean adds_networks; /* whether hosts elsewhere make new networks */

  GArray *networks;    /* (element-type RoadMapNetwork): sorted */
  GPtrArray *singles;  /* of RoadMapSingle */
  GHashTable *hosts;   /* RoadAddress -> RoadHost, of those in networks */
  GHashTable *by_name; /* name -> RoadMapSingle, of those whose address is not known */

  guint n_seen;   /* how many hosts of the report are known */
  GArray *active; /* (element-type RoadMapActive) */
  guint64 n_up;
  guint64 n_with_open;
  guint64 n_open;
};

G_END_DECLS
