/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-report.h"

#include "engine/base/road-enum.h"
#include "road-address-set.h"
#include "road-engine-enums.h"

/* How many networks of 256 addresses the report remembers as scanned: those of a /8, in 5 MiB. */
#define MAX_ENDED_NETWORKS 65536

struct _RoadReport
{
  GObject parent_instance;

  char *targets;
  RoadProfile *profile;
  char *scanner_name;
  char *scanner_version;
  char *scan_type;
  GDateTime *started;
  GDateTime *finished;
  double elapsed;
  RoadReportStatus status;
  guint64 n_targets;
  guint64 n_excluded;
  guint64 n_unlisted_down;
  GPtrArray *problems; /* of strings, NULL-terminated */
  GPtrArray *hosts;
  RoadAddressSet *ended; /* NULL if it is not known what was scanned */
  guint64 n_ended;
};

enum
{
  PROP_0,
  PROP_STATUS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  PROGRESSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void road_report_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadReport,
                               road_report,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      road_report_list_model_init))

static GType
road_report_get_item_type (GListModel *model)
{
  return ROAD_TYPE_HOST;
}

static guint
road_report_get_n_items (GListModel *model)
{
  return ROAD_REPORT (model)->hosts->len;
}

static gpointer
road_report_get_item (GListModel *model, guint position)
{
  RoadReport *self = ROAD_REPORT (model);

  if (position >= self->hosts->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->hosts, position));
}

static void
road_report_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = road_report_get_item_type;
  iface->get_n_items = road_report_get_n_items;
  iface->get_item = road_report_get_item;
}

static void
road_report_finalize (GObject *object)
{
  RoadReport *self = ROAD_REPORT (object);

  g_clear_pointer (&self->targets, g_free);
  g_clear_pointer (&self->profile, road_profile_unref);
  g_clear_pointer (&self->scanner_name, g_free);
  g_clear_pointer (&self->scanner_version, g_free);
  g_clear_pointer (&self->scan_type, g_free);
  g_clear_pointer (&self->started, g_date_time_unref);
  g_clear_pointer (&self->finished, g_date_time_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);
  g_clear_pointer (&self->ended, road_address_set_free);

  G_OBJECT_CLASS (road_report_parent_class)->finalize (object);
}

static void
road_report_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadReport *self = ROAD_REPORT (object);

  switch (prop_id)
    {
    case PROP_STATUS:
      g_value_set_int (value, (int) self->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_report_class_init (RoadReportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = road_report_finalize;
  object_class->get_property = road_report_get_property;

  properties[PROP_STATUS] =
      g_param_spec_int ("status", NULL, NULL, ROAD_REPORT_RUNNING, ROAD_REPORT_FAILED,
                        ROAD_REPORT_RUNNING,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * RoadReport::progressed:
   *
   * Hosts were scanned, or have results that they did not have before; emitted at most ten times a second.
   */
  signals[PROGRESSED] = g_signal_new ("progressed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_report_init (RoadReport *self)
{
  self->scanner_name = g_strdup ("Roadstead");
  self->scanner_version = g_strdup (PACKAGE_VERSION);
  self->scan_type = g_strdup (ROAD_SCAN_TYPE_CONNECT);
  self->hosts = g_ptr_array_new_with_free_func (g_object_unref);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->problems, NULL);
}

/**
 * road_report_new:
 * @targets: the targets as the user wrote them
 * @profile: how they are scanned
 *
 * Returns: (transfer full): a report without hosts, with the status %ROAD_REPORT_RUNNING
 */
RoadReport *
road_report_new (const char *targets, RoadProfile *profile)
{
  RoadReport *self;

  g_return_val_if_fail (targets != NULL, NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (ROAD_TYPE_REPORT, NULL);
  self->targets = g_strdup (targets);
  self->profile = road_profile_ref (profile);

  return self;
}

const char *
road_report_get_targets (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), NULL);

  return self->targets;
}

RoadProfile *
road_report_get_profile (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), NULL);

  return self->profile;
}

const char *
road_report_get_scanner_name (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), NULL);

  return self->scanner_name;
}

const char *
road_report_get_scanner_version (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), NULL);

  return self->scanner_version;
}

/* Returns: how ports were probed, in the terms of nmap's XML: %ROAD_SCAN_TYPE_CONNECT, or what another
 * scanner did, such as "syn" */
const char *
road_report_get_scan_type (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), NULL);

  return self->scan_type;
}

GDateTime *
road_report_get_started (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), NULL);

  return self->started;
}

GDateTime *
road_report_get_finished (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), NULL);

  return self->finished;
}

/* Returns: how long the scan took, in seconds, without pauses; 0 while it runs */
double
road_report_get_elapsed (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), 0);

  return self->elapsed;
}

RoadReportStatus
road_report_get_status (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), ROAD_REPORT_FAILED);

  return self->status;
}

/* Returns: %NULL-terminated; one sentence for each thing that could not be scanned */
const char *const *
road_report_get_problems (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), NULL);

  return (const char *const *) self->problems->pdata;
}

/* Returns: how many addresses the scan has: each counts once, excluded ones do not count; saturated at
 * %G_MAXUINT64 */
guint64
road_report_get_n_targets (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), 0);

  return self->n_targets;
}

/* Returns: how many addresses of the targets are excluded; saturated at %G_MAXUINT64 */
guint64
road_report_get_n_excluded (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), 0);

  return self->n_excluded;
}

static int
compare_indices (gconstpointer a, gconstpointer b)
{
  guint64 index_a = road_host_get_index (*(RoadHost *const *) a);
  guint64 index_b = road_host_get_index (*(RoadHost *const *) b);

  return index_a < index_b ? -1 : index_a > index_b;
}

/* Returns: (transfer full) (element-type RoadHost): the hosts in the order of the targets; as a list model,
 * @self has them in the order in which they were found */
GPtrArray *
road_report_dup_hosts (RoadReport *self)
{
  GPtrArray *hosts;

  g_return_val_if_fail (ROAD_IS_REPORT (self), NULL);

  hosts = g_ptr_array_copy (self->hosts, (GCopyFunc) g_object_ref, NULL);
  g_ptr_array_sort (hosts, compare_indices);

  return hosts;
}

/* Takes time in proportion to the number of hosts.
 * Returns: how many hosts are in that state, unlisted down hosts included */
guint
road_report_get_n_hosts (RoadReport *self, RoadHostState state)
{
  guint n = 0;

  g_return_val_if_fail (ROAD_IS_REPORT (self), 0);

  if (state == ROAD_HOST_DOWN)
    n = (guint) MIN (self->n_unlisted_down, G_MAXUINT / 2);

  for (guint i = 0; i < self->hosts->len; i++)
    n += road_host_get_state (g_ptr_array_index (self->hosts, i)) == state;

  return n;
}

/* Returns: how many hosts are down and only counted, not listed */
guint64
road_report_get_n_unlisted_down (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), 0);

  return self->n_unlisted_down;
}

/* Takes time in proportion to the number of hosts. */
guint64
road_report_get_n_ports (RoadReport *self, RoadPortState state)
{
  guint64 n = 0;

  g_return_val_if_fail (ROAD_IS_REPORT (self), 0);

  for (guint i = 0; i < self->hosts->len; i++)
    n += road_host_get_n_ports (g_ptr_array_index (self->hosts, i), state);

  return n;
}

/* Returns: whether road_report_get_ended() tells which addresses were scanned; files do not say it */
gboolean
road_report_get_knows_ended (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), FALSE);

  return self->ended != NULL;
}

/* Returns: (transfer none) (nullable): the last bytes of the addresses that the scan is done with, whatever
 * came of it, among those that differ from @address in no other byte */
const RoadOctetSet *
road_report_get_ended (RoadReport *self, const RoadAddress *address)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), NULL);

  return self->ended != NULL ? road_address_set_get_network (self->ended, address) : NULL;
}

/* Returns: with how many addresses the scan is done */
guint64
road_report_get_n_ended (RoadReport *self)
{
  g_return_val_if_fail (ROAD_IS_REPORT (self), 0);

  return self->n_ended;
}

void
road_report_set_scanner (RoadReport *self,
                         const char *name,
                         const char *version,
                         const char *scan_type)
{
  g_return_if_fail (ROAD_IS_REPORT (self));
  g_return_if_fail (name != NULL && version != NULL && scan_type != NULL);

  g_free (self->scanner_name);
  self->scanner_name = g_strdup (name);
  g_free (self->scanner_version);
  self->scanner_version = g_strdup (version);
  g_free (self->scan_type);
  self->scan_type = g_strdup (scan_type);
}

void
road_report_set_started (RoadReport *self, GDateTime *started)
{
  g_return_if_fail (ROAD_IS_REPORT (self));
  g_return_if_fail (started != NULL);

  g_clear_pointer (&self->started, g_date_time_unref);
  self->started = g_date_time_ref (started);
}

void
road_report_set_n_targets (RoadReport *self, guint64 n_targets)
{
  g_return_if_fail (ROAD_IS_REPORT (self));

  self->n_targets = n_targets;
}

void
road_report_set_n_excluded (RoadReport *self, guint64 n_excluded)
{
  g_return_if_fail (ROAD_IS_REPORT (self));

  self->n_excluded = n_excluded;
}

void
road_report_add_problem (RoadReport *self, const char *problem)
{
  g_return_if_fail (ROAD_IS_REPORT (self));
  g_return_if_fail (problem != NULL);

  g_ptr_array_insert (self->problems, (int) self->problems->len - 1, g_strdup (problem));
}

void
road_report_add_problems (RoadReport *self, const char *const *problems)
{
  for (guint i = 0; problems[i] != NULL; i++)
    road_report_add_problem (self, problems[i]);
}

/* Appends hosts at once: a batch costs the views of the report as much as a single host. */
void
road_report_add_hosts (RoadReport *self, GPtrArray *hosts)
{
  guint position;

  g_return_if_fail (ROAD_IS_REPORT (self));
  g_return_if_fail (hosts != NULL);

  if (hosts->len == 0)
    return;

  position = self->hosts->len;
  for (guint i = 0; i < hosts->len; i++)
    g_ptr_array_add (self->hosts, g_object_ref (g_ptr_array_index (hosts, i)));

  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, hosts->len);
}

/**
 * road_report_update_host:
 * @self: a report whose scan has ended, or is suspended
 * @newer: a host that was scanned again
 * @covered: (nullable): see road_host_update()
 *
 * Updates the host of that address, or adds it. Costs time proportional to the hosts.
 */
void
road_report_update_host (RoadReport *self, RoadHost *newer, RoadPortSet *covered)
{
  g_autoptr (GPtrArray) new_hosts = NULL;

  g_return_if_fail (ROAD_IS_REPORT (self));
  g_return_if_fail (ROAD_IS_HOST (newer));

  for (guint i = 0; i < self->hosts->len; i++)
    {
      RoadHost *host = g_ptr_array_index (self->hosts, i);

      if (host == newer)
        return;
      if (road_address_equal (road_host_get_address (host), road_host_get_address (newer)))
        {
          road_host_update (host, newer, covered);
          road_report_progress (self);
          return;
        }
    }

  new_hosts = g_ptr_array_new ();
  g_ptr_array_add (new_hosts, newer);
  road_host_set_index (newer, MAX (self->n_targets, self->hosts->len));
  self->n_targets++;
  road_report_add_hosts (self, new_hosts);
}

/* Forgets what road_report_update_host() has changed. */
void
road_report_forget_changes (RoadReport *self)
{
  g_return_if_fail (ROAD_IS_REPORT (self));

  for (guint i = 0; i < self->hosts->len; i++)
    road_host_forget_changes (g_ptr_array_index (self->hosts, i));
}

/* Counts hosts that are down and not listed. */
void
road_report_add_down (RoadReport *self, guint64 n_hosts)
{
  g_return_if_fail (ROAD_IS_REPORT (self));

  self->n_unlisted_down += n_hosts;
}

/* From now on, road_report_add_ended() is called for each address. */
void
road_report_begin_ended (RoadReport *self)
{
  g_return_if_fail (ROAD_IS_REPORT (self));

  if (self->ended == NULL)
    self->ended = road_address_set_new (MAX_ENDED_NETWORKS);
}

/* Remembers that the scan is done with @address, whether it is listed or not. */
void
road_report_add_ended (RoadReport *self, const RoadAddress *address)
{
  g_return_if_fail (ROAD_IS_REPORT (self));
  g_return_if_fail (self->ended != NULL);
  g_return_if_fail (address != NULL);

  road_address_set_add (self->ended, address);
  self->n_ended++;
}

/* Says to those who show the report that something is new. */
void
road_report_progress (RoadReport *self)
{
  g_return_if_fail (ROAD_IS_REPORT (self));

  g_signal_emit (self, signals[PROGRESSED], 0);
}

/**
 * road_report_finish:
 * @status: how the scan ended
 * @finished: (nullable): when it ended
 * @elapsed: how long it took, in seconds, without pauses
 */
void
road_report_finish (RoadReport *self, RoadReportStatus status, GDateTime *finished, double elapsed)
{
  g_return_if_fail (ROAD_IS_REPORT (self));

  g_clear_pointer (&self->finished, g_date_time_unref);
  self->finished = finished != NULL ? g_date_time_ref (finished) : NULL;
  self->elapsed = elapsed;
  self->status = status;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

/* Returns: its name in files; not translated */
const char *
road_report_status_to_string (RoadReportStatus status)
{
  return road_enum_to_string (ROAD_TYPE_REPORT_STATUS, status);
}

gboolean
road_report_status_from_string (const char *string, RoadReportStatus *status)
{
  return road_enum_from_string (ROAD_TYPE_REPORT_STATUS, string, (int *) status);
}
