/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host.h"

#include "engine/ports/road-services.h"

struct _RoadHost
{
  GObject parent_instance;

  guint64 index;
  RoadAddress address;
  char *address_string;
  GPtrArray *user_names; /* of strings, NULL-terminated */
  char *ptr_name;
  GStrv other_addresses;

  RoadHostState state;
  RoadReason reason;
  guint latency_us;
  gboolean done;
  gboolean timed_out;

  RoadHostPorts ports;
  RoadHostExtra *extra; /* NULL for most hosts */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_STATE,
  PROP_LATENCY,
  PROP_DONE,
  PROP_TIMED_OUT,
  PROP_N_NOTES,
  N_PROPS
};

enum
{
  PORTS_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadHost, road_host, G_TYPE_OBJECT)

static void
road_host_finalize (GObject *object)
{
  RoadHost *self = ROAD_HOST (object);

  g_clear_pointer (&self->address_string, g_free);
  g_clear_pointer (&self->user_names, g_ptr_array_unref);
  g_clear_pointer (&self->ptr_name, g_free);
  g_clear_pointer (&self->other_addresses, g_strfreev);
  road_host_ports_clear (&self->ports);
  g_clear_pointer (&self->extra, road_host_extra_free);

  G_OBJECT_CLASS (road_host_parent_class)->finalize (object);
}

static void
road_host_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadHost *self = ROAD_HOST (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, road_host_get_title (self));
      break;
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_LATENCY:
      g_value_set_uint (value, self->latency_us);
      break;
    case PROP_DONE:
      g_value_set_boolean (value, self->done);
      break;
    case PROP_TIMED_OUT:
      g_value_set_boolean (value, self->timed_out);
      break;
    case PROP_N_NOTES:
      g_value_set_uint (value, road_host_get_n_notes (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_host_class_init (RoadHostClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = road_host_finalize;
  object_class->get_property = road_host_get_property;

  /**
   * RoadHost:title:
   *
   * What to call it: the name the user gave, else the one its address has, else the address.
   */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);

  /**
   * RoadHost:state:
   *
   * A #RoadHostState.
   */
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, ROAD_HOST_UNKNOWN, ROAD_HOST_DOWN,
                                             ROAD_HOST_UNKNOWN, flags);

  /**
   * RoadHost:latency:
   *
   * The round-trip time in µs; 0 while not known.
   */
  properties[PROP_LATENCY] = g_param_spec_uint ("latency", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * RoadHost:done:
   *
   * Whether nothing more will be found out about its ports.
   */
  properties[PROP_DONE] = g_param_spec_boolean ("done", NULL, NULL, FALSE, flags);

  /**
   * RoadHost:timed-out:
   *
   * Whether it was given up before it was done, as it took longer than the profile allows.
   */
  properties[PROP_TIMED_OUT] = g_param_spec_boolean ("timed-out", NULL, NULL, FALSE, flags);

  /**
   * RoadHost:n-notes:
   *
   * How many notes there are about it and its ports.
   */
  properties[PROP_N_NOTES] = g_param_spec_uint ("n-notes", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * RoadHost::ports-changed:
   *
   * Results were added; at most ten times a second.
   */
  signals[PORTS_CHANGED] = g_signal_new ("ports-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_host_init (RoadHost *self)
{
  self->user_names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->user_names, NULL);
  road_host_ports_init (&self->ports);
}

/**
 * road_host_new:
 * @address: its address
 * @user_name: (nullable): the name the user gave for it
 * @other_addresses: (nullable): %NULL-terminated; the name's other addresses, which are not scanned
 *
 * Returns: (transfer full): a host of which nothing is known yet
 */
RoadHost *
road_host_new (const RoadAddress *address,
               const char *user_name,
               const char *const *other_addresses)
{
  RoadHost *self;

  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (ROAD_TYPE_HOST, NULL);
  self->address = *address;
  self->address_string = road_address_to_string (address);
  if (user_name != NULL)
    road_host_add_user_name (self, user_name);
  self->other_addresses = g_strdupv ((GStrv) other_addresses);

  return self;
}

/**
 * road_host_get_address:
 * @self: a host
 *
 * Returns: (transfer none): its address
 */
const RoadAddress *
road_host_get_address (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return &self->address;
}

/**
 * road_host_get_address_string:
 * @self: a host
 *
 * Returns: its address in text
 */
const char *
road_host_get_address_string (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return self->address_string;
}

/**
 * road_host_get_user_name:
 * @self: a host
 *
 * Returns: (nullable): the name the user gave for it; if there are several, the first
 */
const char *
road_host_get_user_name (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return road_host_get_user_names (self)[0];
}

/**
 * road_host_get_user_names:
 * @self: a host
 *
 * Returns: %NULL-terminated; all names the user gave for it, in the order in which they were written;
 *   valid until one is added
 */
const char *const *
road_host_get_user_names (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return (const char *const *) self->user_names->pdata;
}

/**
 * road_host_has_user_name:
 * @self: a host
 * @name: a name
 *
 * Returns: whether the user gave it that name; as in DNS, capitals are small letters
 */
gboolean
road_host_has_user_name (RoadHost *self, const char *name)
{
  const char *const *names;

  g_return_val_if_fail (ROAD_IS_HOST (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  names = road_host_get_user_names (self);
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (names[i], name) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * road_host_get_ptr_name:
 * @self: a host
 *
 * Returns: (nullable): the name that DNS gives for its address. Whoever runs that DNS chose it: it
 *   can hold anything.
 */
const char *
road_host_get_ptr_name (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return self->ptr_name;
}

/**
 * road_host_get_title:
 * @self: a host
 *
 * Returns: what to call it: the user's first name for it, else DNS's, else its address
 */
const char *
road_host_get_title (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  if (road_host_get_user_name (self) != NULL)
    return road_host_get_user_name (self);

  return self->ptr_name != NULL ? self->ptr_name : self->address_string;
}

/**
 * road_host_get_other_addresses:
 * @self: a host
 *
 * Returns: (nullable): %NULL-terminated; the other addresses of the user's names, which were not scanned
 */
const char *const *
road_host_get_other_addresses (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return (const char *const *) self->other_addresses;
}

/**
 * road_host_get_state:
 * @self: a host
 *
 * Returns: its state
 */
RoadHostState
road_host_get_state (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), ROAD_HOST_UNKNOWN);

  return self->state;
}

/**
 * road_host_get_reason:
 * @self: a host
 *
 * Returns: why it has its state
 */
RoadReason
road_host_get_reason (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), ROAD_REASON_NONE);

  return self->reason;
}

/**
 * road_host_get_latency:
 * @self: a host
 *
 * Returns: its round-trip time in µs; 0 while not known
 */
guint
road_host_get_latency (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), 0);

  return self->latency_us;
}

/**
 * road_host_get_index:
 * @self: a host
 *
 * Returns: its place among the targets
 */
guint64
road_host_get_index (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), 0);

  return self->index;
}

/**
 * road_host_get_done:
 * @self: a host
 *
 * Returns: whether all its ports were scanned
 */
gboolean
road_host_get_done (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), FALSE);

  return self->done;
}

/**
 * road_host_get_timed_out:
 * @self: a host
 *
 * Returns: whether it was given up before it was done, as it took longer than the profile allows; the
 *   ports without a result were not scanned
 */
gboolean
road_host_get_timed_out (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), FALSE);

  return self->timed_out;
}

/**
 * road_host_get_n_ports:
 * @self: a host
 * @state: a state
 *
 * Returns: how many of its ports were found to be in that state
 */
guint
road_host_get_n_ports (RoadHost *self, RoadPortState state)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), 0);
  g_return_val_if_fail (state < ROAD_N_PORT_STATES, 0);

  return self->ports.n_ports[state];
}

/**
 * road_host_get_n_groups:
 * @self: a host
 *
 * Returns: how many kinds of outcome its ports had
 */
guint
road_host_get_n_groups (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), 0);

  return self->ports.groups->len;
}

/**
 * road_host_get_group:
 * @self: a host
 * @index: less than road_host_get_n_groups()
 *
 * Returns: (transfer none): the ports of one outcome; valid until results are added
 */
const RoadPortGroup *
road_host_get_group (RoadHost *self, guint index)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);
  g_return_val_if_fail (index < self->ports.groups->len, NULL);

  return &g_array_index (self->ports.groups, RoadPortGroup, index);
}

/**
 * road_host_get_result:
 * @self: a host
 * @port: a port
 * @result: (out): what is known about it
 *
 * Returns: %FALSE if nothing is known about that port
 */
gboolean
road_host_get_result (RoadHost *self, guint16 port, RoadPortResult *result)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  return road_host_ports_get (&self->ports, port, result);
}

/**
 * road_host_lists_state:
 * @self: a host
 * @state: a state
 *
 * nmap's rule for what is given port by port and what as a count.
 *
 * Returns: whether the ports in that state are few enough to be listed; open ones always are
 */
gboolean
road_host_lists_state (RoadHost *self, RoadPortState state)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), FALSE);
  g_return_val_if_fail (state < ROAD_N_PORT_STATES, FALSE);

  return road_host_ports_lists_state (&self->ports, state);
}

/**
 * road_host_get_listed:
 * @self: a host
 * @open_only: leave out all that is not open
 *
 * The ports worth a line each, see road_host_lists_state().
 *
 * Returns: (transfer full) (element-type RoadPortResult): sorted by port
 */
GArray *
road_host_get_listed (RoadHost *self, gboolean open_only)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return road_host_ports_list (&self->ports, open_only);
}

/**
 * road_host_get_service_name:
 * @self: a host
 * @port: a port
 *
 * Returns: (nullable): what answers on that port: what was found out, else what is usual there
 */
const char *
road_host_get_service_name (RoadHost *self, guint16 port)
{
  const RoadService *service = road_host_get_service (self, port);

  return service != NULL && service->name != NULL ? service->name : road_services_get_name (port);
}

/**
 * road_host_get_service:
 * @self: a host
 * @port: a port
 *
 * Returns: (transfer none) (nullable): what another scanner found out by talking to that port; valid
 *   until more is added
 */
const RoadService *
road_host_get_service (RoadHost *self, guint16 port)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return road_host_extra_get_service (self->extra, port);
}

/**
 * road_host_get_version:
 * @self: a host
 * @port: a port
 *
 * Returns: (nullable): the program that answers on that port and its version. The host itself said
 *   so: it can hold anything.
 */
const char *
road_host_get_version (RoadHost *self, guint16 port)
{
  const RoadService *service = road_host_get_service (self, port);

  return service != NULL ? service->version : NULL;
}

/**
 * road_host_has_versions:
 * @self: a host
 *
 * Returns: whether road_host_get_version() knows that of any port
 */
gboolean
road_host_has_versions (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), FALSE);

  return road_host_extra_has_versions (self->extra);
}

/**
 * road_host_get_n_notes:
 * @self: a host
 *
 * Returns: how many notes there are about it and its ports
 */
guint
road_host_get_n_notes (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), 0);

  return road_host_extra_get_n_notes (self->extra);
}

/**
 * road_host_find_note:
 * @self: a host
 * @port: one of its ports, or %ROAD_NOTE_HOST
 *
 * Of a host with many ports each may have notes: they are found without a look at all of them.
 *
 * Returns: the index of the first note about @port; if there is none, where it would be
 */
guint
road_host_find_note (RoadHost *self, int port)
{
  guint begin = 0, end;

  g_return_val_if_fail (ROAD_IS_HOST (self), 0);

  end = road_host_get_n_notes (self);
  while (begin < end)
    {
      const guint middle = begin + (end - begin) / 2;

      if (road_host_get_note (self, middle)->port < port)
        begin = middle + 1;
      else
        end = middle;
    }

  return begin;
}

/**
 * road_host_get_note:
 * @self: a host
 * @index: less than road_host_get_n_notes()
 *
 * Returns: (transfer none): a note; those about the whole host come first, then by port
 */
const RoadNote *
road_host_get_note (RoadHost *self, guint index)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return road_host_extra_get_note (self->extra, index);
}

/**
 * road_host_set_state:
 * @self: a host
 * @state: its state
 * @reason: why
 */
void
road_host_set_state (RoadHost *self, RoadHostState state, RoadReason reason)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  if (self->state == state && self->reason == reason)
    return;

  self->state = state;
  self->reason = reason;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/**
 * road_host_add_user_name:
 * @self: a host
 * @name: a further name the user gave for it, which it does not have yet
 */
void
road_host_add_user_name (RoadHost *self, const char *name)
{
  g_return_if_fail (ROAD_IS_HOST (self));
  g_return_if_fail (name != NULL);

  g_ptr_array_insert (self->user_names, (int) self->user_names->len - 1, g_strdup (name));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * road_host_set_ptr_name:
 * @self: a host
 * @name: (nullable): the name that DNS gives for its address
 */
void
road_host_set_ptr_name (RoadHost *self, const char *name)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  if (g_strcmp0 (self->ptr_name, name) == 0)
    return;

  g_free (self->ptr_name);
  self->ptr_name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * road_host_set_latency:
 * @self: a host
 * @latency_us: its round-trip time in µs
 */
void
road_host_set_latency (RoadHost *self, guint latency_us)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  if (self->latency_us == latency_us)
    return;

  self->latency_us = latency_us;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LATENCY]);
}

/**
 * road_host_set_index:
 * @self: a host
 * @index: its place among the targets, by which reports are ordered
 */
void
road_host_set_index (RoadHost *self, guint64 index)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  self->index = index;
}

/**
 * road_host_set_done:
 * @self: a host
 *
 * Says that all its ports were scanned. Of a host that timed out that is never so.
 */
void
road_host_set_done (RoadHost *self)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  if (self->done || self->timed_out)
    return;

  self->done = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
}

/**
 * road_host_set_timed_out:
 * @self: a host that is not done
 *
 * Says that it was given up, as it took longer than the profile allows. What was found out so far stays.
 */
void
road_host_set_timed_out (RoadHost *self)
{
  g_return_if_fail (ROAD_IS_HOST (self));
  g_return_if_fail (!self->done);

  if (self->timed_out)
    return;

  self->timed_out = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIMED_OUT]);
}

/**
 * road_host_add_results:
 * @self: a host
 * @results: (array length=n_results): results, in any order
 * @n_results: how many
 *
 * Adds results for ports that have none yet. Costs time proportional to the batch and the ranges
 * there are: call it for batches, not for single results.
 */
void
road_host_add_results (RoadHost *self, const RoadPortResult *results, gsize n_results)
{
  g_return_if_fail (ROAD_IS_HOST (self));
  g_return_if_fail (results != NULL || n_results == 0);

  if (n_results == 0)
    return;

  road_host_ports_add (&self->ports, results, n_results);
  g_signal_emit (self, signals[PORTS_CHANGED], 0);
}

/**
 * road_host_add_group:
 * @self: a host
 * @group: ports of one outcome, of which none has a result yet
 *
 * Adds many ports at once, as a saved report has them.
 */
void
road_host_add_group (RoadHost *self, const RoadPortGroup *group)
{
  g_return_if_fail (ROAD_IS_HOST (self));
  g_return_if_fail (group != NULL && group->ports != NULL);

  road_host_ports_add_group (&self->ports, group);
  g_signal_emit (self, signals[PORTS_CHANGED], 0);
}

/**
 * road_host_update:
 * @self: a host
 * @newer: the same host, scanned again
 * @covered: (nullable): the ports that were scanned again, of which some may have no result; else only
 *   those that have one are replaced
 *
 * Takes over what is newer, and keeps what was not scanned again.
 */
void
road_host_update (RoadHost *self, RoadHost *newer, RoadPortSet *covered)
{
  g_return_if_fail (ROAD_IS_HOST (self));
  g_return_if_fail (ROAD_IS_HOST (newer) && newer != self);

  g_object_freeze_notify (G_OBJECT (self));
  if (newer->state != ROAD_HOST_UNKNOWN)
    road_host_set_state (self, newer->state, newer->reason);
  if (newer->latency_us != 0)
    road_host_set_latency (self, newer->latency_us);
  if (newer->ptr_name != NULL)
    road_host_set_ptr_name (self, newer->ptr_name);
  if (newer->done && self->timed_out)
    {
      self->timed_out = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIMED_OUT]);
    }
  if (newer->done)
    road_host_set_done (self);
  road_host_ports_replace (&self->ports, &newer->ports, covered);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[PORTS_CHANGED], 0);
}

static RoadHostExtra *
ensure_extra (RoadHost *self)
{
  if (self->extra == NULL)
    self->extra = road_host_extra_new ();

  return self->extra;
}

/**
 * road_host_set_service:
 * @self: a host
 * @port: a port
 * @name: (nullable): what was found to answer there, as nmap calls it; “ssl/” before it says that it
 *   is spoken through TLS
 * @version: (nullable): the program that answers there and its version
 *
 * Adds what another scanner found out by talking to a port. A name that says no more than the port's
 * number is not kept.
 */
void
road_host_set_service (RoadHost *self, guint16 port, const char *name, const char *version)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  if (g_strcmp0 (name, road_services_get_name (port)) == 0)
    name = NULL;

  if (name != NULL || version != NULL)
    road_host_extra_set_service (ensure_extra (self), port, name, version);
}

/**
 * road_host_add_note:
 * @self: a host
 * @port: the port that the note is about, or %ROAD_NOTE_HOST
 * @name: what kind of note it is, see #RoadNote
 * @text: what it says
 *
 * Adds what else was found out, unless it is there already. What the scan itself has to say about a host
 * is a note %ROAD_NOTE_REMARK about %ROAD_NOTE_HOST.
 */
void
road_host_add_note (RoadHost *self, int port, const char *name, const char *text)
{
  g_return_if_fail (ROAD_IS_HOST (self));

  road_host_extra_add_note (ensure_extra (self), port, name, text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_NOTES]);
}
