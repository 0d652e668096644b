/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-host.h"

#include "engine/pacing/road-discovery.h"
#include "engine/base/road-heap.h"

/*
 *                  ┌─────────────── retries <───────────────┐ not convincing
 *   plan's ports ──┴─> probe ──> outcome ── silent ─────────┴─> unjudged ──> filtered
 *                                   └────── answered ──────────────────────> open, closed, filtered
 *
 * A silent port waits in "unjudged" until the path is known to have been working when it was asked. If
 * it was not, or if the answers are known by then to take longer, it is asked anew.
 */

/* After our own machine failed or nobody had the address, the host is left alone for so long, in ms;
 * twice as long with each failure in a row, up to the greatest. */
#define HOLD_MS 50
#define MAX_HOLD_MS 1000

/* Before it says that a neighbour is not there, the kernel asks for its address three times, a second
 * apart (ucast_solicit, mcast_solicit and retrans_time_ms of its neighbour table). What is given up
 * sooner, in µs, had less than that. */
#define NEIGHBOUR_PATIENCE 2500000

/* A port that reaches only ourselves is tried from so many local ports. Nothing listens there then:
 * the kernel gives nobody a local port that a listener has. */
#define MAX_SELF_CONNECTS 8

/* A host that waits for a verdict on silence looks for it so often, in µs, and so often whether a
 * deadline may come sooner. */
#define VERDICT_INTERVAL 50000

/* How many SYNs find out how far away a host is: while no host has answered, several, as some ports may
 * be filtered. */
#define N_SCOUTS_ALONE 4

/* How long a check of the path waits, in ms: long enough to learn of a path that has become slower. */
#define CHECK_TIMEOUT_MS 10000

typedef enum
{
  PURPOSE_RESULT,    /* the port's state is wanted */
  PURPOSE_DISCOVERY, /* only whether the host answers */
  PURPOSE_CHECK,     /* whether the path works */
} Purpose;

/* A port that is being asked, or waits to be asked again. */
typedef struct
{
  RoadScanHost *host;
  GList link;    /* while it is in flight */
  GQueue *queue; /* that the link is in */
  Purpose purpose;
  guint16 port;
  guint8 n_self_connects;
  gboolean is_scout;
  gboolean is_first; /* of all that the host was asked */
  RoadTry attempt;

  /* Of a check: which path, and whom it asks. */
  RoadScanPath *path;
  RoadAddress address;
} Question;

struct _RoadScanHost
{
  RoadTurn turn;
  RoadHost *host;
  RoadAddress address;
  RoadScanPlan *plan;
  RoadScanPath path;
  RoadDiscovery discovery;

  guint next_port;
  guint n_left;      /* ports without a result */
  guint n_dropped;   /* ports that will get none */
  guint n_in_flight; /* checks as well */
  guint n_checks;    /* in flight */
  guint n_open;

  RoadHeap retries; /* of Question */
  GQueue unjudged;  /* of Question */
  GArray *results;  /* of RoadPortResult, since the last flush */

  /* Questions in flight: those that were asked before the host's round trip was known, the deadlines of
   * which may come sooner than they were set, and the others. */
  GQueue early;
  GQueue asked;
  gint64 review_at; /* when to look at the early ones */

  gint64 hold_until;
  guint n_failures;     /* in a row */
  gint64 failing_since; /* of our own machine; 0 when it does not */

  guint n_scouts;           /* sent */
  guint n_scouts_in_flight; /* what is silent waits for them */

  gboolean reached; /* our own machine could send something */
  gboolean suspect; /* nobody seemed to have the address */
  gboolean dropped; /* the ports that have no result are left out */
  gboolean down;
  gboolean answered;
  gboolean gone; /* it answered, and then it or the path fell silent for good */

  gint64 exact_latency_us; /* smoothed, from the kernel's own measurement */
  gint64 least_elapsed_us;
};

static Question *
question_new (RoadScanHost *self, Purpose purpose, guint16 port)
{
  Question *question = g_new0 (Question, 1);

  question->host = self;
  question->link.data = question;
  question->purpose = purpose;
  question->port = port;

  return question;
}

/**
 * road_scan_host_new:
 * @target: what to scan
 * @plan: what all hosts share; outlives the host
 *
 * Returns: (transfer full): free it with road_scan_host_free()
 */
RoadScanHost *
road_scan_host_new (const RoadTarget *target, RoadScanPlan *plan)
{
  RoadScanHost *self;

  g_return_val_if_fail (target != NULL, NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  self = g_new0 (RoadScanHost, 1);
  self->turn.link.data = self;
  self->host = road_host_new (&target->address, target->name, target->other_addresses);
  self->address = target->address;
  self->plan = plan;
  self->n_left = plan->n_ports;
  self->results = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  self->least_elapsed_us = G_MAXINT64;
  self->review_at = G_MAXINT64;
  g_queue_init (&self->unjudged);
  g_queue_init (&self->early);
  g_queue_init (&self->asked);
  road_pacer_init_host (plan->pacer, &self->path.pace);

  return self;
}

/**
 * road_scan_host_free:
 * @self: (transfer full): a host with nothing in flight
 */
void
road_scan_host_free (RoadScanHost *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->n_in_flight == 0);

  road_heap_clear (&self->retries, g_free);
  g_queue_clear_full (&self->unjudged, g_free);
  g_clear_object (&self->host);
  g_clear_pointer (&self->results, g_array_unref);
  g_free (self);
}

/**
 * road_scan_host_get_host:
 * @self: a host
 *
 * Returns: (transfer none): what is found out about it
 */
RoadHost *
road_scan_host_get_host (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

/**
 * road_scan_host_from_probe:
 * @probe: a probe that road_scan_host_take_probe() gave
 *
 * Returns: (transfer none): the host it is of
 */
RoadScanHost *
road_scan_host_from_probe (const RoadProbe *probe)
{
  g_return_val_if_fail (probe != NULL, NULL);

  return ((Question *) probe->tag)->host;
}

static gboolean
is_discovering (RoadScanHost *self)
{
  return self->plan->discovers && !self->answered && !self->dropped;
}

/* Whether there is anything left to find out. */
static gboolean
is_busy (RoadScanHost *self)
{
  return self->n_left > 0 || is_discovering (self);
}

/* The path whose silence counts: the host's own once it has answered. */
static RoadScanPath *
get_path (RoadScanHost *self)
{
  return road_path_check_is_known (&self->path.check) ? &self->path : &self->plan->path;
}

/* How long an answer of the host may take, in µs. */
static gint64
get_timeout_us (RoadScanHost *self)
{
  return road_pacer_get_timeout (self->plan->pacer, &self->path.pace, 0) * (gint64) 1000;
}

static void
enqueue (Question *question, GQueue *queue)
{
  question->queue = queue;
  g_queue_push_tail_link (queue, &question->link);
}

static void
dequeue (Question *question)
{
  if (question->queue != NULL)
    g_queue_unlink (question->queue, &question->link);
  question->queue = NULL;
}

/* Waits for an answer no longer. The outcome comes soon. */
static void
give_up (RoadScanHost *self, Question *question)
{
  dequeue (question);
  self->plan->give_up (question, self->plan->give_up_data);
}

static void
give_up_all (RoadScanHost *self)
{
  while (self->early.head != NULL)
    give_up (self, self->early.head->data);
  while (self->asked.head != NULL)
    give_up (self, self->asked.head->data);
}

static void
add_result (RoadScanHost *self,
            guint16 port,
            RoadPortState state,
            RoadReason reason,
            const RoadOutcome *outcome)
{
  RoadPortResult result = {
    .port = port,
    .state = (guint8) state,
    .reason = (guint8) reason,
  };

  if (outcome != NULL)
    {
      result.latency_us = outcome->rtt_us;
      result.reason_from = outcome->reason_from;
    }

  g_array_append_val (self->results, result);
  self->n_left--;
  self->n_open += state == ROAD_PORT_OPEN;

  if (!is_busy (self))
    give_up_all (self);
}

/* Discovery. */

static void
mark_down (RoadScanHost *self, gint64 now)
{
  self->down = TRUE;
  /* A neighbour that has told its address is there, and says nothing. */
  if (!road_neighbours_contain (self->plan->neighbours, now, &self->address))
    road_host_set_state (self->host, ROAD_HOST_DOWN, ROAD_REASON_NO_RESPONSE);
  road_scan_host_drop (self);
  /* What was asked has been work, too. */
  self->n_dropped = self->plan->n_ports - self->next_port;
  g_array_set_size (self->results, 0);
}

static void
mark_gone (RoadScanHost *self)
{
  self->gone = TRUE;
  road_scan_host_drop (self);
}

/* Whether the host seems down, if the path was working: everything that discovers hosts was in vain. */
static gboolean
seems_down (RoadScanHost *self)
{
  return is_discovering (self) && self->n_in_flight == self->n_checks &&
         self->discovery.next >= self->plan->n_discovery_ports &&
         (road_heap_get_time (&self->retries) == G_MAXINT64 ||
          road_discovery_is_convinced (&self->discovery, self->plan->pacer));
}

static void
judge_discovery (RoadScanHost *self, gint64 now)
{
  if (!seems_down (self))
    return;

  switch (road_path_check_judge (&self->plan->path.check, now, self->discovery.first_sent_at,
                                 self->discovery.until))
    {
    case ROAD_PATH_ALIVE:
      mark_down (self, now);
      break;
    case ROAD_PATH_DEAD:
      road_discovery_restart (&self->discovery);
      break;
    case ROAD_PATH_GONE:
      mark_gone (self);
      break;
    case ROAD_PATH_UNKNOWN:
    default:
      break;
    }
}

/* Silence. */

static void
end_question (RoadScanHost *self, Question *question)
{
  if (question->purpose == PURPOSE_RESULT)
    add_result (self, question->port, ROAD_PORT_FILTERED, ROAD_REASON_NO_RESPONSE, NULL);

  g_free (question);
}

static void
ask_anew (RoadScanHost *self, Question *question, gint64 now)
{
  road_pacer_excuse (self->plan->pacer, &question->attempt);
  road_heap_push (&self->retries, now, question);
}

/* What was silent is judged as far as it is known whether the path was working. */
static void
judge (RoadScanHost *self, gint64 now)
{
  Question *question;

  if (self->n_scouts_in_flight > 0 && !self->answered)
    return;

  while ((question = g_queue_peek_head (&self->unjudged)) != NULL)
    {
      const RoadTry *attempt = &question->attempt;
      RoadPathVerdict verdict =
          road_path_check_judge (&get_path (self)->check, now, attempt->first_sent_at,
                                 attempt->sent_at + attempt->timeout_ms * (gint64) 1000);

      if (verdict == ROAD_PATH_UNKNOWN)
        break;

      if (verdict == ROAD_PATH_GONE)
        {
          mark_gone (self);
          return;
        }

      g_queue_pop_head (&self->unjudged);
      if (verdict == ROAD_PATH_DEAD ||
          road_pacer_is_too_short (self->plan->pacer, &self->path.pace, attempt))
        ask_anew (self, question, now);
      else if (!road_pacer_is_enough (self->plan->pacer, &self->path.pace, attempt))
        road_heap_push (&self->retries, now, question);
      else
        end_question (self, question);
    }

  judge_discovery (self, now);
}

/* How long a question would wait if it were asked now, in ms. Once any host has answered, one scout is
 * enough. */
static guint
get_deadline_ms (RoadScanHost *self, const Question *question)
{
  RoadPacer *pacer = self->plan->pacer;

  if (question->is_scout && (question->is_first || !road_pacer_has_answers (pacer)))
    return road_pacer_get_scout_timeout (pacer, &self->path.pace);

  return road_pacer_get_timeout (pacer, &self->path.pace, question->attempt.n_before);
}

/* Questions that were asked before the round trip was known take the deadline that the answers imply. */
static void
review_early (RoadScanHost *self, gint64 now, gint64 *next)
{
  GList *following;

  if (self->early.length == 0)
    return;

  if (self->review_at <= now)
    {
      self->review_at = now + VERDICT_INTERVAL;
      for (GList *link = self->early.head; link != NULL; link = following)
        {
          Question *question = link->data;
          guint timeout_ms = get_deadline_ms (self, question);
          gint64 deadline = question->attempt.sent_at + timeout_ms * (gint64) 1000;

          following = link->next;
          if (timeout_ms >= question->attempt.timeout_ms)
            continue;

          if (deadline <= now)
            {
              question->attempt.timeout_ms = timeout_ms;
              give_up (self, question);
            }
          else
            {
              self->review_at = MIN (self->review_at, deadline);
            }
        }
    }

  if (self->early.length > 0)
    *next = MIN (*next, self->review_at);
}

/**
 * road_scan_host_review:
 * @self: a host
 *
 * Says that more is known of round trips: the deadlines of what is in flight may come sooner.
 */
void
road_scan_host_review (RoadScanHost *self)
{
  g_return_if_fail (self != NULL);

  if (self->early.length > 0)
    self->review_at = 0;
}

/* Probes. */

static void
send_scout (RoadScanHost *self, Question *question)
{
  question->is_scout = TRUE;
  question->is_first = self->n_scouts == 0;
  question->attempt.timeout_ms = road_pacer_get_scout_timeout (self->plan->pacer, &self->path.pace);
  self->n_scouts++;
  self->n_scouts_in_flight++;
}

static gboolean
wants_scout (RoadScanHost *self)
{
  RoadPacer *pacer = self->plan->pacer;

  if (self->answered)
    return FALSE;

  if (!road_pacer_has_answers (pacer))
    return self->n_scouts < N_SCOUTS_ALONE;

  return self->n_scouts == 0 && !road_pacer_is_crowded (pacer);
}

static void
ask (RoadScanHost *self, Question *question, gint64 now, RoadProbe *probe)
{
  RoadPacer *pacer = self->plan->pacer;
  gboolean is_check = question->purpose == PURPOSE_CHECK;
  RoadPace *pace = is_check ? &question->path->pace : &self->path.pace;

  question->attempt.timeout_ms = road_pacer_get_timeout (pacer, pace, question->attempt.n_before);
  if (is_check)
    question->attempt.timeout_ms = MAX (2 * question->attempt.timeout_ms, CHECK_TIMEOUT_MS);
  else if (wants_scout (self))
    send_scout (self, question);

  *probe = (RoadProbe){
    .address = is_check ? question->address : self->address,
    .port = question->port,
    .timeout_ms = question->attempt.timeout_ms,
    .tag = question,
  };

  enqueue (question, is_check || self->answered ? &self->asked : &self->early);
  road_pacer_sent (pacer, pace, now, &question->attempt);
  self->n_in_flight++;
  self->n_checks += is_check;
  if (is_discovering (self) && !is_check)
    road_discovery_sent (&self->discovery, now, self->n_scouts > 0);
}

/* A check of the path, if something waits for one. */
static Question *
take_check (RoadScanHost *self, gint64 now, gint64 *next)
{
  RoadScanPath *path = get_path (self);
  const RoadWitness *witness;
  Question *question;

  if (self->unjudged.length == 0 && !seems_down (self) &&
      !road_path_check_is_silent (&path->check, now, get_timeout_us (self)))
    return NULL;

  if (self->n_scouts_in_flight > 0 && !self->answered)
    return NULL;

  /* The answer to another host's check does not wake this one. */
  *next = MIN (*next, now + VERDICT_INTERVAL);
  witness = road_path_check_take (&path->check, now, next);
  if (witness == NULL)
    return NULL;

  question = question_new (self, PURPOSE_CHECK, witness->port);
  question->path = path;
  question->address = witness->address;

  return question;
}

/* A port that waits to be asked again. */
static Question *
take_retry (RoadScanHost *self, gint64 now, gint64 *next)
{
  while (road_heap_get_time (&self->retries) <= now)
    {
      Question *question = road_heap_pop (&self->retries);

      if (question->purpose == PURPOSE_RESULT || !self->answered)
        return question;

      g_free (question);
    }

  *next = MIN (*next, road_heap_get_time (&self->retries));

  return NULL;
}

static Question *
take_discovery_port (RoadScanHost *self, gint64 now, gint64 *next)
{
  RoadScanPlan *plan = self->plan;
  guint i = self->discovery.next;

  if (self->discovery.next_at > now)
    {
      *next = MIN (*next, self->discovery.next_at);
      return NULL;
    }

  if (self->suspect || i >= plan->n_discovery_ports)
    {
      if (!self->suspect && road_discovery_is_convinced (&self->discovery, plan->pacer))
        return NULL;
      return take_retry (self, now, next);
    }

  self->discovery.next++;
  if (i < plan->n_first)
    self->next_port = i + 1;

  return question_new (self, i < plan->n_first ? PURPOSE_RESULT : PURPOSE_DISCOVERY,
                       plan->discovery_ports[i]);
}

/* A port that is not being asked yet, or again. */
static Question *
take_port (RoadScanHost *self, gint64 now, gint64 *next)
{
  RoadScanPlan *plan = self->plan;
  Question *question;

  if (road_path_check_is_silent (&get_path (self)->check, now, get_timeout_us (self)) ||
      !road_pacer_may_send (plan->pacer, &self->path.pace, now, next))
    return NULL;

  if (is_discovering (self))
    return take_discovery_port (self, now, next);

  question = take_retry (self, now, next);
  if (question == NULL && self->next_port < plan->n_ports && !self->suspect)
    question = question_new (self, PURPOSE_RESULT, plan->ports[self->next_port++]);

  return question;
}

/**
 * road_scan_host_take_probe:
 * @self: a host
 * @now: the time in µs
 * @probe: (out): what to connect to next
 * @next: (inout): lowered to when to ask again if there is nothing now, in µs
 *
 * Returns: %FALSE if there is nothing to connect to now
 */
gboolean
road_scan_host_take_probe (RoadScanHost *self, gint64 now, RoadProbe *probe, gint64 *next)
{
  Question *question;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (probe != NULL && next != NULL, FALSE);

  if (!is_busy (self))
    return FALSE;

  if (self->hold_until > now)
    {
      *next = MIN (*next, self->hold_until);
      return FALSE;
    }

  review_early (self, now, next);
  judge (self, now);
  if (!is_busy (self))
    return FALSE;

  question = take_check (self, now, next);
  if (question == NULL)
    question = take_port (self, now, next);
  if (question == NULL)
    return FALSE;

  ask (self, question, now, probe);

  return TRUE;
}

/* Outcomes. */

static void
hold (RoadScanHost *self, gint64 now)
{
  gint64 hold_ms = MIN (HOLD_MS << MIN (self->n_failures, 10), MAX_HOLD_MS);

  self->n_failures++;
  self->hold_until = now + hold_ms * 1000;
}

/* Something on a path answered: a port of the host, or a check. */
static void
note_path_answer (RoadScanHost *self,
                  gint64 now,
                  RoadScanPath *path,
                  const Question *question,
                  const RoadOutcome *outcome)
{
  gboolean is_check = question->purpose == PURPOSE_CHECK;
  const RoadAddress *address = is_check ? &question->address : &self->address;
  gint64 sent_at = question->attempt.sent_at;

  if (road_pacer_answered (self->plan->pacer, &path->pace, now, &question->attempt,
                           outcome->elapsed_us, outcome->n_retransmits))
    {
      road_path_check_answered_late (&path->check, now, sent_at);
      road_path_check_answered_late (&self->plan->path.check, now, sent_at);
      return;
    }

  road_path_check_answered (&path->check, address, question->port, sent_at);
  road_path_check_answered (&self->plan->path.check, address, question->port, sent_at);
}

/* The host itself answered. */
static void
note_answer (RoadScanHost *self, gint64 now, Question *question, const RoadOutcome *outcome)
{
  if (!self->answered)
    {
      road_host_set_state (self->host, ROAD_HOST_UP, outcome->reason);
      road_pacer_host_found (self->plan->pacer, self->discovery.first_sent_at,
                             question->attempt.sent_at);
      self->review_at = 0;
    }
  self->answered = TRUE;
  self->suspect = FALSE;
  self->n_failures = 0;

  if (outcome->n_retransmits == 0)
    {
      self->least_elapsed_us = MIN (self->least_elapsed_us, outcome->elapsed_us);
      if (outcome->rtt_us != 0)
        self->exact_latency_us = self->exact_latency_us == 0
                                     ? outcome->rtt_us
                                     : (self->exact_latency_us * 7 + outcome->rtt_us) / 8;
    }

  note_path_answer (self, now, &self->path, question, outcome);
}

static void
handle_check (RoadScanHost *self, gint64 now, Question *question, const RoadOutcome *outcome)
{
  self->n_checks--;
  if (outcome->kind == ROAD_OUTCOME_STATE && outcome->state != ROAD_PORT_FILTERED)
    note_path_answer (self, now, question->path, question, outcome);

  g_free (question);
}

static void
handle_state (RoadScanHost *self, gint64 now, Question *question, const RoadOutcome *outcome)
{
  /* A router's rejection does not say that the host is there, and how many of them a router sends is
   * limited: their absence is no loss. */
  if (outcome->state != ROAD_PORT_FILTERED)
    note_answer (self, now, question, outcome);
  else if (road_address_equal (&outcome->reason_from, &self->address) && !self->answered)
    {
      self->answered = TRUE;
      road_host_set_state (self->host, ROAD_HOST_UP, outcome->reason);
    }

  if (question->purpose == PURPOSE_RESULT)
    add_result (self, question->port, outcome->state, outcome->reason, outcome);

  g_free (question);
}

/* The kernel repeats a SYN every second, at first (tcp_syn_linear_timeouts; RFC 6298 2.1): each repeat
 * that was waited for as long as a SYN of ours is a try as well. */
static void
note_silent_host (RoadScanHost *self, const RoadTry *attempt, guint n_repeats, gint64 until)
{
  road_discovery_silent (&self->discovery, attempt->sent_at, until);
  for (guint i = 1; i <= n_repeats; i++)
    {
      gint64 sent_at = attempt->sent_at + i * G_USEC_PER_SEC;

      if (sent_at + get_timeout_us (self) <= until)
        road_discovery_silent (&self->discovery, sent_at, until);
    }
}

static void
handle_silence (RoadScanHost *self, gint64 now, Question *question, guint n_repeats)
{
  RoadTry *attempt = &question->attempt;
  gint64 until = attempt->sent_at + attempt->timeout_ms * (gint64) 1000;
  gint64 again_at = now;

  if (is_discovering (self))
    note_silent_host (self, attempt, n_repeats, until);

  if (road_pacer_judge (self->plan->pacer, &self->path.pace, now, attempt, &again_at))
    g_queue_push_tail (&self->unjudged, question);
  else
    road_heap_push (&self->retries, again_at, question);
}

/* Nobody seems to have the address. If the kernel was sure too soon to have asked for it properly, one
 * more look, alone. */
static void
handle_host_down (RoadScanHost *self, gint64 now, Question *question, const RoadOutcome *outcome)
{
  if (self->answered)
    {
      handle_silence (self, now, question, 0);
      return;
    }

  if (outcome->elapsed_us >= NEIGHBOUR_PATIENCE ||
      (self->suspect && question->attempt.n_before > 0))
    {
      g_free (question);
      mark_down (self, now);
      return;
    }

  self->suspect = TRUE;
  question->attempt.n_before++;
  hold (self, now);
  road_heap_push (&self->retries, self->hold_until, question);
}

static void
handle_self_connect (RoadScanHost *self, gint64 now, Question *question, const RoadOutcome *outcome)
{
  if (++question->n_self_connects < MAX_SELF_CONNECTS)
    {
      road_heap_push (&self->retries, now, question);
      return;
    }

  if (question->purpose == PURPOSE_RESULT)
    add_result (self, question->port, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, outcome);
  g_free (question);
}

static void
handle_local_error (RoadScanHost *self, gint64 now, Question *question)
{
  road_pacer_local_failure (self->plan->pacer);
  if (self->failing_since == 0)
    self->failing_since = now;
  if (self->hold_until <= now)
    hold (self, now);
  road_heap_push (&self->retries, self->hold_until, question);
}

static void
handle_port (RoadScanHost *self, gint64 now, Question *question, const RoadOutcome *outcome)
{
  if (outcome->kind != ROAD_OUTCOME_LOCAL_ERROR)
    {
      self->failing_since = 0;
      self->reached = TRUE;
    }

  switch (outcome->kind)
    {
    case ROAD_OUTCOME_STATE:
      handle_state (self, now, question, outcome);
      break;
    case ROAD_OUTCOME_NO_ANSWER:
      self->suspect = FALSE;
      self->n_failures = 0;
      handle_silence (self, now, question, outcome->n_retransmits);
      break;
    case ROAD_OUTCOME_HOST_DOWN:
      handle_host_down (self, now, question, outcome);
      break;
    case ROAD_OUTCOME_SELF_CONNECT:
      handle_self_connect (self, now, question, outcome);
      break;
    case ROAD_OUTCOME_LOCAL_ERROR:
      handle_local_error (self, now, question);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * road_scan_host_handle:
 * @self: a host
 * @now: the time in µs
 * @probe: a probe that road_scan_host_take_probe() gave
 * @outcome: how it ended
 *
 * Draws the conclusions from an outcome: a result, another try, or the host is down.
 */
void
road_scan_host_handle (RoadScanHost *self,
                       gint64 now,
                       const RoadProbe *probe,
                       const RoadOutcome *outcome)
{
  Question *question = probe->tag;

  g_return_if_fail (self != NULL);
  g_return_if_fail (self->n_in_flight > 0);

  dequeue (question);
  self->n_in_flight--;
  self->n_scouts_in_flight -= question->is_scout;
  question->is_scout = FALSE;

  if (question->purpose == PURPOSE_CHECK)
    handle_check (self, now, question, outcome);
  else if (is_busy (self))
    handle_port (self, now, question, outcome);
  else
    g_free (question);

  if (is_busy (self))
    judge (self, now);
}

/**
 * road_scan_host_drop:
 * @self: a host
 *
 * Leaves out the ports that have no result yet.
 */
void
road_scan_host_drop (RoadScanHost *self)
{
  g_return_if_fail (self != NULL);

  self->n_dropped += self->n_left;
  self->n_left = 0;
  self->dropped = TRUE;
  road_heap_clear (&self->retries, g_free);
  g_queue_clear_full (&self->unjudged, g_free);
  give_up_all (self);
}

/**
 * road_scan_host_flush:
 * @self: a host
 *
 * Gives what was found out since the last time to the #RoadHost.
 *
 * Returns: how many results that were
 */
guint
road_scan_host_flush (RoadScanHost *self)
{
  guint n_results;

  g_return_val_if_fail (self != NULL, 0);

  if (self->exact_latency_us != 0)
    road_host_set_latency (self->host, (guint) self->exact_latency_us);
  else if (self->least_elapsed_us != G_MAXINT64)
    road_host_set_latency (self->host, (guint) MAX (self->least_elapsed_us, 1));

  n_results = self->results->len;
  road_host_add_results (self->host, (const RoadPortResult *) (gpointer) self->results->data,
                         n_results);
  g_array_set_size (self->results, 0);

  return n_results;
}

/**
 * road_scan_host_get_answered:
 * @self: a host
 *
 * Returns: whether the host itself answered
 */
gboolean
road_scan_host_get_answered (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->answered;
}

/**
 * road_scan_host_get_down:
 * @self: a host
 *
 * Returns: whether nobody has the address
 */
gboolean
road_scan_host_get_down (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->down;
}

/**
 * road_scan_host_get_reached:
 * @self: a host
 *
 * Returns: whether a SYN could ever be sent to it
 */
gboolean
road_scan_host_get_reached (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->reached;
}

/**
 * road_scan_host_get_gone:
 * @self: a host
 *
 * Returns: whether ports were left out since nothing on the way to it answers any more
 */
gboolean
road_scan_host_get_gone (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->gone;
}

/**
 * road_scan_host_is_done:
 * @self: a host
 *
 * Returns: whether nothing is left to do and nothing is in flight
 */
gboolean
road_scan_host_is_done (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return !is_busy (self) && self->n_in_flight == 0;
}

/**
 * road_scan_host_get_n_done:
 * @self: a host
 *
 * Returns: how many ports have a result, or, of a host that is down, how many were asked
 */
guint
road_scan_host_get_n_done (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->plan->n_ports - self->n_left - self->n_dropped;
}

/**
 * road_scan_host_get_n_dropped:
 * @self: a host
 *
 * Returns: how many ports were left out
 */
guint
road_scan_host_get_n_dropped (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_dropped;
}

/**
 * road_scan_host_get_n_open:
 * @self: a host
 *
 * Returns: how many of its ports were found open
 */
guint
road_scan_host_get_n_open (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_open;
}

/**
 * road_scan_host_get_failing_since:
 * @self: a host
 *
 * Returns: since when our own machine has failed to connect to it, in µs; 0 if it does not fail
 */
gint64
road_scan_host_get_failing_since (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->failing_since;
}

/**
 * road_scan_host_get_turn:
 * @self: a host
 *
 * Returns: (transfer none): where the scan notes when it is the host's turn
 */
RoadTurn *
road_scan_host_get_turn (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->turn;
}
