"""The closed lists of the field's terms, each with its code, English and Japanese label.

Codes are stored and exported; labels are only shown. A code this version does not know (written
by a newer one) is kept as plain text, so `label_of` takes both.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from csdesk import i18n
from csdesk.i18n import P_, Translator


class Term(StrEnum):
    """A code with a label."""

    english: str

    def __new__(cls, code: str, english: str = "") -> Self:
        """Make the member `code`, shown in English as `english`."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.english = english
        return member

    def label(self, translator: Translator | None = None) -> str:
        """Name the term in the interface's language, or in `translator`'s."""
        return (translator or i18n.current()).context(self.context(), self.english)

    @classmethod
    def context(cls) -> str:
        """Name the translation context of the list: words may be the same in another one."""
        return "term"


def label_of(term: str | None, translator: Translator | None = None) -> str:
    """Name a stored code: its label, the code itself where it is unknown, nothing for None."""
    return term.label(translator) if isinstance(term, Term) else (term or "")


class AccountStatus(Term):
    """Whether the customer is ours."""

    ACTIVE = "active", P_("term", "Active")
    CHURNED = "churned", P_("term", "Churned")
    PROSPECT = "prospect", P_("term", "Prospect")


class TouchModel(Term):
    """How closely an account is looked after."""

    HIGH = "high", P_("term", "High touch")
    LOW = "low", P_("term", "Low touch")
    TECH = "tech", P_("term", "Tech touch")


class Phase(Term):
    """Where in its life with us an account stands."""

    ONBOARDING = "onboarding", P_("term", "Onboarding")
    ADOPTION = "adoption", P_("term", "Adoption")
    RETENTION = "retention", P_("term", "Retention")
    EXPANSION = "expansion", P_("term", "Expansion")
    RENEWAL = "renewal", P_("term", "Renewal")


class Fit(Term):
    """How well the product suits the customer."""

    GOOD = "good", P_("term", "Good fit")
    FAIR = "fair", P_("term", "Fair fit")
    POOR = "poor", P_("term", "Poor fit")


class CsmView(Term):
    """The CSM's own judgement of an account."""

    GREEN = "green", P_("term", "Green")
    AMBER = "amber", P_("term", "Amber")
    RED = "red", P_("term", "Red")


class ReferenceStatus(Term):
    """Whether the customer stands as a reference."""

    NONE = "none", P_("term", "Not asked")
    ASKED = "asked", P_("term", "Asked")
    AGREED = "agreed", P_("term", "Agreed to be a reference")
    PUBLISHED = "published", P_("term", "Published")
    DECLINED = "declined", P_("term", "Declined")


class DocumentLanguage(Term):
    """The language of an account's documents."""

    JA = "ja", P_("term", "Japanese")
    EN = "en", P_("term", "English")


class ContactRole(Term):
    """The part a person plays at the customer."""

    EXECUTIVE_SPONSOR = "executive_sponsor", P_("term", "Executive sponsor")
    ECONOMIC_BUYER = "economic_buyer", P_("term", "Economic buyer")
    CHAMPION = "champion", P_("term", "Champion")
    ADMIN = "admin", P_("term", "Administrator")
    TECHNICAL = "technical", P_("term", "Technical contact")
    END_USER = "end_user", P_("term", "End user")
    INFLUENCER = "influencer", P_("term", "Influencer")
    DETRACTOR = "detractor", P_("term", "Detractor")
    UNKNOWN = "unknown", P_("term", "Role unknown")


class Influence(Term):
    """How much a contact's word weighs; never shown to the customer."""

    HIGH = "high", P_("term", "High influence")
    MEDIUM = "medium", P_("term", "Medium influence")
    LOW = "low", P_("term", "Low influence")


class Sentiment(Term):
    """How a contact feels about us; never shown to the customer."""

    POSITIVE = "positive", P_("term", "Positive")
    NEUTRAL = "neutral", P_("term", "Neutral")
    NEGATIVE = "negative", P_("term", "Negative")


class Channel(Term):
    """How we speak with the customer."""

    IN_PERSON = "in_person", P_("term", "In person")
    WEB_MEETING = "web_meeting", P_("term", "Web meeting")
    PHONE = "phone", P_("term", "Phone")
    EMAIL = "email", P_("term", "E-mail")
    CHAT = "chat", P_("term", "Chat")
    WEBINAR = "webinar", P_("term", "Webinar")
    EVENT = "event", P_("term", "Event")
    COMMUNITY = "community", P_("term", "Community")
    LETTER = "letter", P_("term", "Letter")
    OTHER = "other", P_("term", "Other")


class TouchpointType(Term):
    """What a contact with the customer was for."""

    REGULAR = "regular", P_("term", "Regular meeting")
    QBR = "qbr", P_("term", "QBR")
    EBR = "ebr", P_("term", "EBR")
    KICKOFF = "kickoff", P_("term", "Kick-off")
    TRAINING = "training", P_("term", "Training")
    INTERVIEW = "interview", P_("term", "Interview")
    SUPPORT = "support", P_("term", "Support")
    GREETING = "greeting", P_("term", "Courtesy call")


class ContractStatus(Term):
    """Whether a contract runs."""

    RUNNING = "running", P_("term", "Running")
    UPCOMING = "upcoming", P_("term", "Not yet started")
    ENDED = "ended", P_("term", "Ended")


class PlanType(Term):
    """What a success plan is for."""

    ONBOARDING = "onboarding", P_("term", "Onboarding plan")
    ADOPTION = "adoption", P_("term", "Adoption plan")
    EXPANSION = "expansion", P_("term", "Expansion plan")
    RENEWAL = "renewal", P_("term", "Renewal plan")
    RECOVERY = "recovery", P_("term", "Recovery plan")


class PlanStatus(Term):
    """How far a success plan is on its way."""

    DRAFT = "draft", P_("term", "Draft")
    PROPOSED = "proposed", P_("term", "Proposed")
    AGREED = "agreed", P_("term", "Agreed")
    ACTIVE = "active", P_("term", "In force")
    COMPLETED = "completed", P_("term", "Completed")
    CANCELED = "canceled", P_("term", "Canceled")


class Visibility(Term):
    """Who may see an item."""

    CUSTOMER = "customer", P_("term", "Shown to the customer")
    INTERNAL = "internal", P_("term", "Internal")


class GoalStatus(Term):
    """How far a goal is."""

    NOT_STARTED = "not_started", P_("term", "Not started")
    IN_PROGRESS = "in_progress", P_("term", "In progress")
    PAUSED = "paused", P_("term", "Paused")
    ACHIEVED = "achieved", P_("term", "Achieved")
    PARTIALLY = "partially", P_("term", "Partly achieved")
    MISSED = "missed", P_("term", "Missed")
    CANCELED = "canceled", P_("term", "Canceled")


class ProgressRag(Term):
    """How a goal stands against its dates."""

    ON_TRACK = "on_track", P_("term", "On track")
    AT_RISK = "at_risk", P_("term", "At risk")
    OFF_TRACK = "off_track", P_("term", "Off track")


class MilestoneStatus(Term):
    """How far a milestone is."""

    NOT_STARTED = "not_started", P_("term", "Not started")
    IN_PROGRESS = "in_progress", P_("term", "In progress")
    AT_RISK = "at_risk", P_("term", "At risk")
    ACHIEVED = "achieved", P_("term", "Achieved")
    MISSED = "missed", P_("term", "Missed")
    CANCELED = "canceled", P_("term", "Canceled")


class ActionStatus(Term):
    """How far an action item is."""

    OPEN = "open", P_("term", "To do")
    IN_PROGRESS = "in_progress", P_("term", "In progress")
    WAITING_CUSTOMER = "waiting_customer", P_("term", "Waiting for customer")
    WAITING_INTERNAL = "waiting_internal", P_("term", "Waiting for us")
    DONE = "done", P_("term", "Done")
    DEFERRED = "deferred", P_("term", "Deferred")
    CANCELED = "canceled", P_("term", "Dropped")


class Side(Term):
    """Who has to act."""

    US = "us", P_("term", "Us")
    CUSTOMER = "customer", P_("term", "Customer")
    JOINT = "joint", P_("term", "Joint")


class Priority(Term):
    """How urgent an action item is."""

    CRITICAL = "critical", P_("term", "Critical")
    HIGH = "high", P_("term", "High")
    MEDIUM = "medium", P_("term", "Medium")
    LOW = "low", P_("term", "Low")


class Direction(Term):
    """Which way a KPI should go."""

    HIGHER = "higher", P_("term", "Higher is better")
    LOWER = "lower", P_("term", "Lower is better")
    KEEP = "keep", P_("term", "Keep the level")


class TargetMode(Term):
    """How the number given as a target is meant."""

    ABSOLUTE = "absolute", P_("term", "The value itself")
    PERCENT_OF_BASELINE = "percent_of_baseline", P_("term", "% of the baseline")
    PERCENT_INCREASE = "percent_increase", P_("term", "% more than the baseline")


class KpiKind(Term):
    """What sort of number a KPI is."""

    COUNT = "count", P_("term", "Count")
    PERCENT = "percent", P_("term", "Percentage")
    MONEY = "money", P_("term", "Money")
    DURATION = "duration", P_("term", "Duration")
    SCORE = "score", P_("term", "Score")


class Frequency(Term):
    """How often a KPI is measured."""

    WEEKLY = "weekly", P_("term", "Weekly")
    MONTHLY = "monthly", P_("term", "Monthly")
    QUARTERLY = "quarterly", P_("term", "Quarterly")


class KpiCategory(Term):
    """What a KPI tells about; revenue is ours to know, not the customer's."""

    USAGE = "usage", P_("term", "Usage")
    OUTCOME = "outcome", P_("term", "Outcome")
    SATISFACTION = "satisfaction", P_("term", "Satisfaction")
    SUPPORT = "support", P_("term", "Support load")
    REVENUE = "revenue", P_("term", "Revenue")


class SurveyKind(Term):
    """The question a survey asked."""

    NPS = "nps", P_("term", "NPS")
    CSAT = "csat", P_("term", "CSAT")
    CES = "ces", P_("term", "CES")


class Severity(Term):
    """How grave an enquiry is."""

    CRITICAL = "critical", P_("term", "Critical")
    HIGH = "high", P_("term", "High")
    MEDIUM = "medium", P_("term", "Medium")
    LOW = "low", P_("term", "Low")


class RiskKind(Term):
    """Something that may happen, or that has."""

    RISK = "risk", P_("term", "Risk")
    ISSUE = "issue", P_("term", "Issue")


class RiskStage(Term):
    """How far the answer to a risk is."""

    IDENTIFIED = "identified", P_("term", "Identified")
    PLAN_IN_PLACE = "plan_in_place", P_("term", "Plan in place")
    SAVING = "saving", P_("term", "Being handled")
    RECOVERED = "recovered", P_("term", "Recovered")
    LOST = "lost", P_("term", "Customer lost")
    ACCEPTED = "accepted", P_("term", "Accepted")


class OpportunityType(Term):
    """What kind of growth an opportunity is."""

    UPSELL = "upsell", P_("term", "Up-sell")
    CROSS_SELL = "cross_sell", P_("term", "Cross-sell")
    DOWNSELL = "downsell", P_("term", "Down-sell")
    SEAT_EXPANSION = "seat_expansion", P_("term", "Seat expansion")
    REFERRAL = "referral", P_("term", "Referral")


class OpportunityStage(Term):
    """How far an opportunity is."""

    IDEA = "idea", P_("term", "Idea")
    RAISED = "raised", P_("term", "Raised with the customer")
    QUOTED = "quoted", P_("term", "Quoted")
    WON = "won", P_("term", "Won")
    LOST = "lost", P_("term", "Lost")


class FeedbackKind(Term):
    """What the customer told us."""

    REQUEST = "request", P_("term", "Request")
    COMPLAINT = "complaint", P_("term", "Complaint")
    PROBLEM = "problem", P_("term", "Problem")
    PRAISE = "praise", P_("term", "Praise")
    UNUSED_REASON = "unused_reason", P_("term", "Reason for not using")


class FeedbackState(Term):
    """What became of a piece of feedback."""

    NEW = "new", P_("term", "New")
    PASSED_ON = "passed_on", P_("term", "Passed on")
    ANSWERED = "answered", P_("term", "Answered")
    DONE = "done", P_("term", "Done")
    DECLINED = "declined", P_("term", "Turned down")


class ChurnReason(Term):
    """Why a customer left."""

    ADOPTION = "adoption", P_("term", "Poor adoption")
    RELATIONSHIP = "relationship", P_("term", "Lost relationship")
    COMMERCIAL = "commercial", P_("term", "Price or terms")
    PRODUCT = "product", P_("term", "Product")
    SERVICE = "service", P_("term", "Service quality")
    COMPETITOR = "competitor", P_("term", "Competitor or in-house")
    CONSOLIDATION = "consolidation", P_("term", "Tool consolidation")
    EXTERNAL = "external", P_("term", "External factors")
    INVOLUNTARY = "involuntary", P_("term", "Payment failure")
    UNKNOWN = "unknown", P_("term", "Unknown")


class DocumentKind(Term):
    """Which document is made from an account's plan, or from all accounts."""

    CUSTOMER = "customer", P_("term", "Success plan")
    EXECUTIVE = "executive", P_("term", "Executive summary")
    INTERNAL = "internal", P_("term", "Internal brief")
    PORTFOLIO = "portfolio", P_("term", "Portfolio report")


CUSTOMER_KINDS = frozenset({DocumentKind.CUSTOMER, DocumentKind.EXECUTIVE})
"""The documents a customer is given; all others are for ourselves."""


class PageSize(Term):
    """The paper or screen a document is laid out for."""

    A4 = "a4", P_("page", "A4")
    LETTER = "letter", P_("page", "Letter")
    WIDE = "wide", P_("page", "16:9 (screen)")

    @classmethod
    def context(cls) -> str:
        """Return a context of its own: "Letter" is also a channel of communication."""
        return "page"


class DocumentSection(Term):
    """The parts of a customer document that can be left out, in their order."""

    SUMMARY = "summary", P_("section", "Summary")
    CHANGES = "changes", P_("section", "Changes since your version")
    BACKGROUND = "background", P_("section", "Background and to-be")
    GOALS = "goals", P_("section", "Goals")
    MEASURES = "measures", P_("section", "Success measures")
    ROADMAP = "roadmap", P_("section", "Roadmap")
    MILESTONES = "milestones", P_("section", "Milestones")
    ACTIONS = "actions", P_("section", "Action items")
    PEOPLE = "people", P_("section", "People")
    MEETINGS = "meetings", P_("section", "Meetings and reviews")
    RISKS = "risks", P_("section", "Risks")
    ACHIEVED = "achieved", P_("section", "Achieved so far")
    FEEDBACK = "feedback", P_("section", "You said, we did")
    AGREEMENT = "agreement", P_("section", "Agreement")

    @classmethod
    def context(cls) -> str:
        """Return a context of its own: a document's sections are headings."""
        return "section"


class RevisionKind(Term):
    """What a revision of a plan was made for."""

    EXPORT = "export", P_("term", "Export")
    AGREEMENT = "agreement", P_("term", "Agreement")
    MANUAL = "manual", P_("term", "By hand")


class SignOffMethod(Term):
    """How the customer agreed."""

    SIGNED = "signed", P_("term", "Signed")
    EMAIL = "email", P_("term", "By e-mail")
    SPOKEN = "spoken", P_("term", "In a meeting")


CLOSED_ACTIONS = frozenset({ActionStatus.DONE, ActionStatus.CANCELED})
"""Action items that can no longer be late. Deferred ones can: they wait, with a date."""

CLOSED_MILESTONES = frozenset(
    {MilestoneStatus.ACHIEVED, MilestoneStatus.MISSED, MilestoneStatus.CANCELED}
)
CLOSED_GOALS = frozenset(
    {GoalStatus.ACHIEVED, GoalStatus.PARTIALLY, GoalStatus.MISSED, GoalStatus.CANCELED}
)
LIVE_PLANS = frozenset(
    {PlanStatus.DRAFT, PlanStatus.PROPOSED, PlanStatus.AGREED, PlanStatus.ACTIVE}
)
