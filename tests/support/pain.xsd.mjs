// The parts of ISO 20022 pain.001.001.03 and .09 that a batch of payouts uses, as an XML schema
// written after the public message definition: order, counts and kinds of its elements.

export const painSchema = (version) => `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.${version}"
  targetNamespace="urn:iso:std:iso:20022:tech:xsd:pain.001.001.${version}" elementFormDefault="qualified">
<xs:simpleType name="Max35"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="35"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Max34"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="34"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Max140"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="140"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Iban"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Bic"><xs:restriction base="xs:string"><xs:pattern value="[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Sum"><xs:restriction base="xs:decimal"><xs:minInclusive value="0"/><xs:fractionDigits value="5"/><xs:totalDigits value="18"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Count"><xs:restriction base="xs:string"><xs:pattern value="[0-9]{1,15}"/></xs:restriction></xs:simpleType>
<xs:complexType name="Party"><xs:sequence><xs:element name="Nm" type="Max140"/></xs:sequence></xs:complexType>
<xs:complexType name="Other"><xs:sequence><xs:element name="Id" type="Max35"/></xs:sequence></xs:complexType>
<xs:complexType name="Account"><xs:sequence><xs:element name="Id"><xs:complexType><xs:choice>
  <xs:element name="IBAN" type="Iban"/><xs:element name="Othr"><xs:complexType><xs:sequence><xs:element name="Id" type="Max34"/></xs:sequence></xs:complexType></xs:element>
</xs:choice></xs:complexType></xs:element></xs:sequence></xs:complexType>
<xs:complexType name="Agent"><xs:sequence><xs:element name="FinInstnId"><xs:complexType><xs:sequence>
  <xs:element name="${version === '03' ? 'BIC' : 'BICFI'}" type="Bic" minOccurs="0"/><xs:element name="Othr" type="Other" minOccurs="0"/>
</xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType>
<xs:complexType name="Transaction"><xs:sequence>
  <xs:element name="PmtId"><xs:complexType><xs:sequence><xs:element name="EndToEndId" type="Max35"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="Amt"><xs:complexType><xs:sequence><xs:element name="InstdAmt"><xs:complexType><xs:simpleContent><xs:extension base="Sum"><xs:attribute name="Ccy" use="required"/></xs:extension></xs:simpleContent></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
  <xs:element name="CdtrAgt" type="Agent" minOccurs="0"/><xs:element name="Cdtr" type="Party"/><xs:element name="CdtrAcct" type="Account"/>
  <xs:element name="RmtInf"><xs:complexType><xs:sequence><xs:element name="Ustrd" type="Max140"/></xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType>
<xs:element name="Document"><xs:complexType><xs:sequence><xs:element name="CstmrCdtTrfInitn"><xs:complexType><xs:sequence>
  <xs:element name="GrpHdr"><xs:complexType><xs:sequence>
    <xs:element name="MsgId" type="Max35"/><xs:element name="CreDtTm" type="xs:dateTime"/><xs:element name="NbOfTxs" type="Count"/>
    <xs:element name="CtrlSum" type="Sum"/><xs:element name="InitgPty" type="Party"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="PmtInf"><xs:complexType><xs:sequence>
    <xs:element name="PmtInfId" type="Max35"/><xs:element name="PmtMtd" fixed="TRF"/><xs:element name="NbOfTxs" type="Count"/><xs:element name="CtrlSum" type="Sum"/>
    ${version === '03' ? '<xs:element name="ReqdExctnDt" type="xs:date"/>'
        : '<xs:element name="ReqdExctnDt"><xs:complexType><xs:sequence><xs:element name="Dt" type="xs:date"/></xs:sequence></xs:complexType></xs:element>'}
    <xs:element name="Dbtr" type="Party"/><xs:element name="DbtrAcct" type="Account"/><xs:element name="DbtrAgt" type="Agent"/>
    <xs:element name="CdtTrfTxInf" type="Transaction" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
</xs:schema>`;
