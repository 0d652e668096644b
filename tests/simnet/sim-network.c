/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-network.h"

#include <math.h>
#include <netinet/tcp.h>

#include "sim-hash.h"
#include "sim-table.h"

/*
 * The way of a SYN, and what may end it:
 *
 *   silence ─> loss out ─> limit of the network ─> limit of the host ─> host is down ─> port's state
 *                                                                                            │
 *   silence <── round trip and jitter <── loss back <── limit of RSTs or ICMP errors <── answer
 *
 * Only SYNs and their answers are ever lost: a lost ACK or RST of the scanner would change nothing
 * that it can see.
 */

/* How many entries the tables have room for before they grow. */
#define MANY (1 << 22)

/* What chance decides about one SYN, each by a number of its own. */
enum
{
  CHANCE_LOST_OUT = 1,
  CHANCE_LOST_BACK,
  CHANCE_JITTER,
};

typedef struct
{
  guint64 key;
  const SimRules *rules;
  gint64 rtt;
  gboolean up;
  SimBucket syns, rsts, icmps;
} Host;

typedef struct
{
  guint64 key;
  guint32 n_syns;
  guint32 n_recent; /* scanner's SYNs since recent_since */
  gint64 recent_since;
} Port;

/* A connection: one of the scanner's ports to one of a host's. */
typedef struct
{
  guint64 key;
  guint32 seq;
  guint8 is_half_open;
} Flow;

/* A segment that came in, and what it is about. */
typedef struct
{
  SimSegment segment;
  const guint8 *packet;
  gsize length;
  gint64 now;
  guint64 port_key, flow_key;
  guint64 chance;
  Host *host;
} Arrival;

struct _SimNetwork
{
  const SimConfig *config;
  SimPrefix hosts, hosts6;
  SimAddress router, router6;
  SimTable *host_table, *port_table, *flow_table;
  SimQueue *queue;
  SimBucket syns;
  SimStats stats;
};

/**
 * sim_network_new:
 * @config: what it is like; must live as long
 *
 * Returns: (transfer full): a network; free it with sim_network_free()
 */
SimNetwork *
sim_network_new (const SimConfig *config)
{
  SimNetwork *self = g_new0 (SimNetwork, 1);

  self->config = config;
  sim_prefix_parse (&self->hosts, SIM_HOSTS);
  sim_prefix_parse (&self->hosts6, SIM_HOSTS6);
  sim_address_parse (&self->router, SIM_ROUTER);
  sim_address_parse (&self->router6, SIM_ROUTER6);
  self->host_table = sim_table_new (sizeof (Host), MANY);
  self->port_table = sim_table_new (sizeof (Port), MANY);
  self->flow_table = sim_table_new (sizeof (Flow), MANY);
  self->queue = sim_queue_new ();

  return self;
}

/**
 * sim_network_free:
 * @self: (transfer full): a network
 */
void
sim_network_free (SimNetwork *self)
{
  sim_table_free (self->host_table);
  sim_table_free (self->port_table);
  sim_table_free (self->flow_table);
  sim_queue_free (self->queue);
  g_free (self);
}

static void
count (SimNetwork *self, SimCounter counter)
{
  self->stats.counts[counter]++;
}

static gboolean
is_silent (SimNetwork *self, gint64 now)
{
  gint64 begin = self->stats.first_syn + self->config->silence_after;

  return now >= begin && now < begin + self->config->silence_for;
}

/* Whether the host is not there, for a while or at all. */
static gboolean
is_absent (SimNetwork *self, const Arrival *arrival)
{
  const SimRules *rules = arrival->host->rules;
  gint64 begin = self->stats.first_syn + rules->away_after;

  return !arrival->host->up || (arrival->now >= begin && arrival->now < begin + rules->away_for);
}

static gboolean
happens (const Arrival *arrival, guint64 what, double probability)
{
  return probability > 0 && sim_fraction (sim_mix (arrival->chance ^ what)) < probability;
}

static Host *
get_host (SimNetwork *self, const SimAddress *address)
{
  guint64 hash = sim_config_get_host_hash (self->config, address);
  gboolean is_new;
  Host *host = sim_table_get (self->host_table, hash, &is_new);

  if (is_new)
    {
      host->rules = sim_config_get_rules (self->config, address);
      host->up = sim_rules_is_up (host->rules, hash);
      host->rtt = sim_rules_get_rtt (host->rules, hash);
    }

  return host;
}

static void
end_half_open (SimNetwork *self, guint64 key)
{
  Flow *flow = sim_table_find (self->flow_table, key);

  if (flow != NULL && flow->is_half_open)
    {
      flow->is_half_open = FALSE;
      self->stats.n_half_open--;
    }
}

static void
begin_half_open (SimNetwork *self, guint64 key)
{
  Flow *flow = sim_table_find (self->flow_table, key);

  if (!flow->is_half_open)
    {
      flow->is_half_open = TRUE;
      self->stats.n_half_open++;
      self->stats.max_half_open = MAX (self->stats.max_half_open, self->stats.n_half_open);
    }
}

/* How often the scanner asks one port: SYNs that the kernel repeats by itself do not count. */
static void
note_port_rate (SimNetwork *self, Port *port, gint64 now)
{
  if (now - port->recent_since >= G_USEC_PER_SEC)
    {
      port->recent_since = now;
      port->n_recent = 0;
    }

  port->n_recent++;
  self->stats.max_port_syns_1s = MAX (self->stats.max_port_syns_1s, port->n_recent);
}

/* Counts a SYN, and tells by which chance its fate is decided: it depends on the port and on how many
 * SYNs that port has seen, not on the order among ports, so that another run has the same losses. */
static void
note_syn (SimNetwork *self, Arrival *arrival)
{
  gboolean is_new_port, is_new_flow;
  Port *port = sim_table_get (self->port_table, arrival->port_key, &is_new_port);
  Flow *flow = sim_table_get (self->flow_table, arrival->flow_key, &is_new_flow);

  sim_stats_add_syn (&self->stats, arrival->now);
  if (is_new_port)
    count (self, SIM_COUNT_PORTS);
  else if (!is_new_flow && flow->seq == arrival->segment.seq)
    count (self, SIM_COUNT_KERNEL_REPEATS);
  else
    count (self, SIM_COUNT_SCANNER_REPEATS);

  if (is_new_flow || flow->seq != arrival->segment.seq)
    note_port_rate (self, port, arrival->now);
  if (arrival->host->up)
    count (self, SIM_COUNT_UP_SYNS);

  flow->seq = arrival->segment.seq;
  arrival->chance = sim_hash (arrival->port_key, port->n_syns++, 0);
}

/* How late this answer is: as in real networks mostly a little, and now and then a lot. */
static gint64
get_jitter (const Arrival *arrival)
{
  double fraction = sim_fraction (sim_mix (arrival->chance ^ CHANCE_JITTER));

  return (gint64) (-log (1 - fraction) * (double) arrival->host->rules->jitter);
}

static gint64
get_rtt (SimNetwork *self, const Arrival *arrival)
{
  const SimRules *rules = arrival->host->rules;
  gboolean is_later =
      rules->later_rtt_after != 0 && arrival->now - self->stats.first_syn >= rules->later_rtt_after;

  return is_later ? rules->later_rtt : arrival->host->rtt;
}

static SimAnswer *
add_answer (SimNetwork *self, const Arrival *arrival)
{
  SimAnswer *answer =
      sim_queue_add (self->queue, arrival->now + get_rtt (self, arrival) + get_jitter (arrival));

  answer->flow = arrival->flow_key;
  answer->leaves_open = FALSE;

  return answer;
}

static guint32
get_isn (const Arrival *arrival)
{
  return (guint32) sim_mix (arrival->flow_key);
}

static const SimAddress *
get_rejecter (SimNetwork *self, const Arrival *arrival)
{
  if (!arrival->host->rules->rejected_by_router)
    return &arrival->segment.to;

  return arrival->segment.to.length == 4 ? &self->router : &self->router6;
}

/* Whether the limits on what a host sends let the answer of this state pass. */
static gboolean
may_answer (SimNetwork *self, const Arrival *arrival, guint state)
{
  Host *host = arrival->host;

  if (state == SIM_FILTERED)
    {
      count (self, SIM_COUNT_FILTERED);
      return FALSE;
    }

  if (state == SIM_CLOSED && !sim_bucket_take (&host->rsts, &host->rules->rst_limit, arrival->now))
    {
      count (self, SIM_COUNT_OVER_RST_LIMIT);
      return FALSE;
    }

  if (state >= SIM_REJECTED &&
      !sim_bucket_take (&host->icmps, &host->rules->icmp_limit, arrival->now))
    {
      count (self, SIM_COUNT_OVER_ICMP_LIMIT);
      return FALSE;
    }

  if (happens (arrival, CHANCE_LOST_BACK, host->rules->loss_back))
    {
      count (self, SIM_COUNT_LOST_BACK);
      return FALSE;
    }

  return TRUE;
}

static void
answer_syn (SimNetwork *self, const Arrival *arrival)
{
  const SimSegment *syn = &arrival->segment;
  guint state = sim_rules_get_state (arrival->host->rules, arrival->host->key, syn->to_port);
  SimAnswer *answer;

  if (!may_answer (self, arrival, state))
    return;

  answer = add_answer (self, arrival);
  begin_half_open (self, arrival->flow_key);
  if (state == SIM_OPEN || state == SIM_RESET)
    {
      count (self, SIM_COUNT_SYN_ACKS);
      answer->leaves_open = TRUE;
      answer->length = sim_packet_make_syn_ack (answer->packet, syn, get_isn (arrival));
    }
  else if (state == SIM_CLOSED)
    {
      count (self, SIM_COUNT_RSTS);
      answer->length = sim_packet_make_refusal (answer->packet, syn);
    }
  else
    {
      count (self, SIM_COUNT_ICMPS);
      answer->length = sim_packet_make_icmp (answer->packet, sim_state_get_rejection (state),
                                             get_rejecter (self, arrival), syn, arrival->packet,
                                             arrival->length);
    }
}

static void
receive_syn (SimNetwork *self, Arrival *arrival)
{
  Host *host = arrival->host;

  note_syn (self, arrival);
  if (is_silent (self, arrival->now))
    count (self, SIM_COUNT_SILENCED);
  else if (happens (arrival, CHANCE_LOST_OUT, host->rules->loss_out))
    count (self, SIM_COUNT_LOST_OUT);
  else if (!sim_bucket_take (&self->syns, &self->config->syn_limit, arrival->now) ||
           !sim_bucket_take (&host->syns, &host->rules->syn_limit, arrival->now))
    count (self, SIM_COUNT_OVER_SYN_LIMIT);
  else if (is_absent (self, arrival))
    count (self, SIM_COUNT_HOST_DOWN);
  else
    answer_syn (self, arrival);
}

/* The scanner's side of a connection that we accepted. Nobody lives behind the open ports: a FIN or
 * data is answered with a RST. */
static void
receive_ack (SimNetwork *self, Arrival *arrival)
{
  const SimSegment *segment = &arrival->segment;
  gboolean is_empty = segment->n_data == 0 && (segment->flags & TH_FIN) == 0;
  gboolean completes_handshake = is_empty && segment->ack == get_isn (arrival) + 1;
  guint state = sim_rules_get_state (arrival->host->rules, arrival->host->key, segment->to_port);
  SimAnswer *answer;

  end_half_open (self, arrival->flow_key);
  if (completes_handshake)
    count (self, SIM_COUNT_HANDSHAKES);

  if (is_silent (self, arrival->now) || is_absent (self, arrival) ||
      (is_empty && !(completes_handshake && state == SIM_RESET)))
    return;

  count (self, SIM_COUNT_RESETS);
  answer = add_answer (self, arrival);
  answer->length = sim_packet_make_reset (answer->packet, segment);
}

/**
 * sim_network_receive:
 * @self: a network
 * @packet: an IP packet
 * @length: its length
 * @now: the time in µs; never 0
 *
 * Takes a packet of the scanner's. What is no TCP to one of the simulated hosts is ignored.
 */
void
sim_network_receive (SimNetwork *self, const guint8 *packet, gsize length, gint64 now)
{
  Arrival arrival = { .packet = packet, .length = length, .now = now };
  const SimSegment *segment = &arrival.segment;

  if (!sim_packet_parse (&arrival.segment, packet, length) ||
      (!sim_prefix_contains (&self->hosts, &segment->to) &&
       !sim_prefix_contains (&self->hosts6, &segment->to)))
    return;

  arrival.host = get_host (self, &segment->to);
  arrival.port_key = sim_hash (arrival.host->key, segment->to_port, 0) | 1;
  arrival.flow_key =
      sim_hash (arrival.port_key, sim_address_get_key (&segment->from), segment->from_port) | 1;

  if (segment->flags & TH_RST)
    end_half_open (self, arrival.flow_key);
  else if (segment->flags & TH_SYN)
    receive_syn (self, &arrival);
  else if (segment->flags & TH_ACK)
    receive_ack (self, &arrival);
}

/**
 * sim_network_get_next_due:
 * @self: a network
 *
 * Returns: when the next answer is due, in µs, or %G_MAXINT64 if none is on its way
 */
gint64
sim_network_get_next_due (SimNetwork *self)
{
  const SimAnswer *answer = sim_queue_peek (self->queue);

  return answer != NULL ? answer->due : G_MAXINT64;
}

/**
 * sim_network_take_answer:
 * @self: a network
 * @now: the time in µs
 *
 * Returns: (transfer none) (nullable): a packet that is due, to be sent at once; valid until the next
 *   packet is received
 */
const SimAnswer *
sim_network_take_answer (SimNetwork *self, gint64 now)
{
  const SimAnswer *answer;

  while ((answer = sim_queue_peek (self->queue)) != NULL && answer->due <= now)
    {
      gboolean silent = is_silent (self, answer->due);

      sim_queue_pop (self->queue);
      sim_stats_add_lateness (&self->stats, now - answer->due);
      if (silent || !answer->leaves_open)
        end_half_open (self, answer->flow);
      if (!silent)
        return answer;

      count (self, SIM_COUNT_SILENCED);
    }

  return NULL;
}

/**
 * sim_network_get_stats:
 * @self: a network
 *
 * Returns: (transfer none): what was seen so far
 */
SimStats *
sim_network_get_stats (SimNetwork *self)
{
  return &self->stats;
}
